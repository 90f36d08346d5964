package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.LogRecords;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.provider.dialect.DialectStub;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(ModelWatchTest.Ending.class)
class ModelWatchTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    @Inject
    ModelWatch watch;

    @Inject
    MeterRegistry meters;

    /** One model that ends, one that is gone, one that goes on, and one that cannot be asked for. */
    public static class Ending implements QuarkusTestResourceLifecycleManager {
        private final DialectStub stub = new DialectStub();

        @Override
        public Map<String, String> start() {
            stub.answers(get(urlEqualTo("/v1/models/old")),
                    okJson("{\"shutdown_date\": \"2000-01-01\"}"));
            stub.answers(get(urlEqualTo("/v1/models/new")),
                    okJson("{\"shutdown_date\": null}"));
            stub.answers(get(urlEqualTo("/v1/models")),
                    okJson("{\"data\": [{\"id\": \"new\"}]}"));
            return Map.ofEntries(Map.entry("content.providers.order", "ends,gone,stays,silent"),
                    member("ends", "model", "old"), member("ends", "url", stub.url()), member("ends", "type", "openai"),
                    member("gone", "model", "no"), member("gone", "url", stub.url()), member("gone", "type", "openai"),
                    member("stays", "model", "new"), member("stays", "url", stub.url()),
                    member("stays", "type", "openai"), member("silent", "model", "new"),
                    member("silent", "url", "http://localhost:1"), member("silent", "type", "openai"));
        }

        private static Map.Entry<String, String> member(String name, String member, String value) {
            return Map.entry("content.providers." + name + "." + member, value);
        }

        @Override
        public void stop() {
            stub.close();
        }
    }

    @Test
    void warnsOfAModelThatEndsOrIsGone() {
        try (LogRecords log = LogRecords.of(ModelWatch.class)) {
            watch.look().await().atMost(PatientAwaitility.LIMIT);

            assertThat(log.lines("%s")).containsExactly(
                    "the model old of the provider ends is shut down on 2000-01-01: configure another model",
                    "the model no of the provider gone is not known to it, or not any more: configure another model");
        }
        assertThat(ending("ends")).isEqualTo(1);
        assertThat(ending("gone")).isEqualTo(1);
        assertThat(ending("stays")).isZero();
        assertThat(ending("silent")).isZero();
    }

    /** As in all tests. */
    @Test
    void asksNothingIfItIsSwitchedOff() {
        try (LogRecords log = LogRecords.of(ModelWatch.class)) {
            watch.watch().await().atMost(PatientAwaitility.LIMIT);

            assertThat(log.lines("%s")).isEmpty();
        }
    }

    private double ending(String provider) {
        return meters.get("content.provider.model.ending").tag("provider", provider).gauge().value();
    }

    @ParameterizedTest
    @CsvSource({"2026-12-26, true", "2026-12-27, false", "2026-11-26, true", "2026-01-01, true"})
    void warnsThirtyDaysAhead(LocalDate shutdown, boolean isWarned) {
        ProviderStatus status = ProviderStatus.ACCEPTED.withModel(true).withShutdown(Optional.of(shutdown));

        assertThat(ModelWatch.warning(status, TODAY).isPresent()).isEqualTo(isWarned);
    }

    @Test
    void saysNothingOfAProviderThatSaysNothing() {
        assertThat(ModelWatch.warning(ProviderStatus.ACCEPTED, TODAY))
                .isEmpty();
    }
}
