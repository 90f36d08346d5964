package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.ImageUnavailableException;
import com.kt.event.content.generator.ImageUnavailableException.Reason;
import com.kt.event.content.generator.NoLedger;
import com.kt.event.content.image.Image;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;

/** Each of the two time limits alone, shortened by configuration as an operator would. */
class ImageApiTimeoutTest {
    abstract static class Guarded {
        @Inject
        CircuitBreakerMaintenance breakers;

        @AfterEach
        void reset() {
            breakers.reset(SharedBreaker.localName("default"));
        }
    }

    abstract static class Case extends Guarded {
        ImageApiStub stub;

        @Inject
        ImageGenerator generator;

        @Test
        void endsTheCallAsATimeoutAndDoesNotAskAgain() {
            // The first call loads classes, which may take longer than the limit.
            await().ignoreExceptions().until(() -> generate() != null);
            breakers.reset(SharedBreaker.localName("default"));
            stub.drawsEverything();
            stub.answersEverything(aResponse().withFixedDelay(90_000)
                    .withBody(ImageApiStub.image(ImageApiStub.png(Style.FANCY))));

            ImageUnavailableException failure = catchThrowableOfType(ImageUnavailableException.class,
                    this::generate);

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(stub.calls()).isEqualTo(1);
        }

        private Image generate() {
            Recommendation recommendation = new Recommendation("봄맞이", null, null, null, null);
            return generator.generate(recommendation, Style.FANCY, new NoLedger(),
                    image -> Uni.createFrom().item(image)).await().atMost(PatientAwaitility.LIMIT);
        }
    }

    @QuarkusTest
    @WithTestResource(StandIns.class)
    @TestProfile(ByTheClient.class)
    static class ReadTimeoutTest extends Case {
    }

    @QuarkusTest
    @WithTestResource(StandIns.class)
    @TestProfile(ByTheGuard.class)
    static class GuardTimeoutTest extends Case {
    }

    /** Calls that are being received, and one that waits for a permit; none of them goes on. */
    @QuarkusTest
    @WithTestResource(StandIns.class)
    @WithTestResource(HeldResponses.class)
    @TestProfile(ByTheClient.class)
    static class StalledResponseTest extends Guarded {
        HeldResponses provider;

        @Inject
        Providers providers;

        @Inject
        DownloadLimiter limiter;

        @Test
        void endsTheCallsAndClosesTheirConnections() {
            List<CompletableFuture<ResponseImage>> calls = IntStream.range(0, HeldResponses.PERMITS + 1)
                    .mapToObj(
                            i -> providers.inOrder().get(0)
                                    .generate("Style: simple\n", limiter.newPermit(), SpoolTesting.spools(),
                                            ImageApiSuite.NO_IDS)
                                    .subscribeAsCompletionStage())
                    .toList();

            assertThat(calls).allSatisfy(call -> assertThat(call).failsWithin(PatientAwaitility.LIMIT)
                    .withThrowableThat().havingCause().withMessage("the image API timed out"));
            await().until(
                    () -> provider.responses().stream().filter(HeldResponses.HeldResponse::isClosed).count() == calls
                            .size());
            assertThat(provider.received()).hasSize(HeldResponses.PERMITS);
        }
    }

    public static class ByTheClient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // Long enough for a machine that is busy to see a response begin.
            return Map.of("quarkus.rest-client.image-api.read-timeout", "3000");
        }
    }

    public static class ByTheGuard implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String generate = "quarkus.fault-tolerance.\"com.kt.event.content.provider.ImageApi/generate\".timeout.";
            return Map.of(generate + "value", "3000", generate + "unit", "millis");
        }
    }
}
