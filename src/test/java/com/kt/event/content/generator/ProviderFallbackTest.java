package com.kt.event.content.generator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.TwoProviders;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.breaker.SharedBreakers;
import com.kt.event.content.image.Image;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** Two providers that fail independently. The first pause is 200 ms. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(TwoProviders.class)
@TestProfile(WithoutWorker.class)
class ProviderFallbackTest {
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);
    private static final ResponseDefinitionBuilder RATE_LIMIT = aResponse().withStatus(429).withHeader("Retry-After",
            "1");

    ImageApiStub stub;
    TwoProviders.Second second;

    @Inject
    ImageGenerator generator;

    @Inject
    SharedBreakers shared;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry meters;

    private final List<String> called = new CopyOnWriteArrayList<>();
    private final List<String> made = new CopyOnWriteArrayList<>();

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        second.stub().drawsEverything();
        for (String provider : List.of("main", "second")) {
            await().until(() -> shared.of(provider).state().await().indefinitely().status() != Status.OPEN);
        }
        redis.flushall();
        breakers.resetAll();
    }

    @Test
    void callsTheFirstOfTheOrderWithItsOwnKey() {
        generate();

        assertThat(made).containsExactly("main gpt-image-2.6-flare");
        assertThat(stub.requests(Style.SIMPLE).get(0).getHeader("Authorization")).isEqualTo("Bearer key-of-main");
        assertThat(second.stub().calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 429, 503})
    void movesOnAtOnceWhereNothingWasMade(int status) {
        double before = calls("main", status == 429 || status == 503 ? "busy" : "operator");
        stub.answersEverything(aResponse().withStatus(status));

        generate();

        assertThat(called).containsExactly("main", "second");
        assertThat(made).containsExactly("second m-second");
        assertThat(second.stub().requests(Style.SIMPLE).get(0).getHeader("Authorization"))
                .isEqualTo("Bearer key-of-second");
        assertThat(calls("main", status == 429 || status == 503 ? "busy" : "operator")).isEqualTo(before + 1);
    }

    /** The first one is paused for everybody, also for instances of earlier versions, which know only one breaker. */
    @Test
    void callsNoProviderThatIsPaused() {
        // Longer than the two requests take on a busy machine.
        stub.answersEverything(aResponse().withStatus(429).withHeader("Retry-After", "4"));
        generate();
        assertThat(redis.key().exists("content:breaker:main")).isTrue();
        assertThat(redis.key().exists("content:breaker:second")).isFalse();
        await().until(() -> redis.key().exists("content:breaker"));
        assertThat(redis.key().pttl("content:breaker")).isBetween(1L, Duration.ofMinutes(7).toMillis());

        generate();

        assertThat(called).containsExactly("main", "second", "second");
        assertThat(shared.state().await().indefinitely().status()).as("jobs are claimed").isEqualTo(Status.CLOSED);
    }

    @Test
    void returnsToTheFirstAfterItsPause() {
        stub.answersEverything(RATE_LIMIT);
        generate();
        stub.drawsAgain();
        await().until(() -> shared.of("main").state().await().indefinitely().status() == Status.HALF_OPEN);

        generate();

        assertThat(called).containsExactly("main", "second", "main");
        assertThat(redis.key().exists("content:breaker:main")).isFalse();
    }

    @Test
    void waitsWhereAllAreDown() {
        stub.answersEverything(RATE_LIMIT);
        second.stub().answersEverything(RATE_LIMIT);
        CompletableFuture<String> image = start();
        await().until(() -> shared.state().await().indefinitely().status() == Status.OPEN);
        assertThat(called).contains("main", "second");
        second.stub().drawsAgain();

        assertThat(image).succeedsWithin(PatientAwaitility.LIMIT);
        assertThat(made).containsExactly("second m-second");
    }

    @Test
    void acceptsARefusal() {
        stub.answersEverything(aResponse().withStatus(400).withBody("{\"error\": {\"code\": \"moderation_blocked\"}}"));

        assertThat(catchThrowableOfType(ImageUnavailableException.class, this::generate).reason())
                .isEqualTo(ImageUnavailableException.Reason.REJECTED);
        assertThat(called).containsExactly("main");
    }

    /** The image may have been made, so the one further call is for the same provider. */
    @Test
    void repeatsACallWithAServerErrorAtTheSameProvider() {
        stub.answersEverything(aResponse().withStatus(500));

        catchThrowableOfType(ImageUnavailableException.class, this::generate);

        assertThat(called).containsExactly("main", "main");
        assertThat(second.stub().calls()).isZero();
    }

    @Test
    void neverRepeatsACallThatMayBeBilled() {
        stub.answersEverything(aResponse().withStatus(504));

        catchThrowableOfType(ImageUnavailableException.class, this::generate);

        assertThat(called).containsExactly("main");
        assertThat(second.stub().calls()).isZero();
    }

    private double calls(String provider, String outcome) {
        return meters.get("content.provider.calls").tag("provider", provider).tag("outcome", outcome).counter().count();
    }

    private void generate() {
        request().await().atMost(PatientAwaitility.LIMIT);
    }

    private CompletableFuture<String> start() {
        return request().subscribeAsCompletionStage();
    }

    private Uni<String> request() {
        return generator.generate(RECOMMENDATION, Style.SIMPLE, new NoLedger() {
            @Override
            public Uni<Void> recordCall(String provider) {
                called.add(provider);
                return super.recordCall(provider);
            }

            @Override
            public void made(MadeImage image) {
                made.add(image.provider() + " " + image.model());
            }
        }, (Image image) -> Uni.createFrom().item("stored"));
    }
}
