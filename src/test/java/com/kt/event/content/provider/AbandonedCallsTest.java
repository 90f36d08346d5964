package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.SharedBreakers;

import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.vertx.core.Vertx;

/** Calls that this service ends itself: they tell nothing of the provider, and open no breaker. */
@QuarkusTest
@WithTestResource(StandIns.class)
class AbandonedCallsTest extends ImageApiSuite {
    private static final String PROMPT = "Style: simple\n";

    @Inject
    @All
    List<ImageProvider> dialects;

    @Inject
    SharedBreakers shared;

    @Inject
    CallGuards guards;

    @Inject
    Vertx vertx;

    @Inject
    @Identifier("time-limits")
    ScheduledExecutorService timer;

    @Inject
    ImageWorkers workers;

    @Inject
    ClientSettings settings;

    @Inject
    ObjectMapper json;

    @Test
    void doNotOpenTheBreaker() {
        stub.holdsBackEverything();
        List<DownloadLimiter.Permit> permits = IntStream.range(0, WINDOW).mapToObj(i -> limiter.newPermit()).toList();
        List<CompletableFuture<ResponseImage>> calls = permits.stream().map(permit -> start(imageApi, permit)).toList();
        await().until(() -> stub.calls() == WINDOW);

        permits.forEach(DownloadLimiter.Permit::close);

        assertThat(calls).allSatisfy(AbandonedCallsTest::isAbandoned);
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void areThoseInFlightWhenTheServiceStops() {
        ProviderHttp stopping = new ProviderHttp(vertx, workers, settings, json, timer);
        stub.holdsBackEverything();
        CompletableFuture<ResponseImage> call = start(over(stopping), limiter.newPermit());
        await().until(() -> stub.calls() == 1);

        stopping.close();

        isAbandoned(call);
    }

    @Test
    void areThoseThatBeginWhenTheServiceStops() {
        ProviderHttp stopping = new ProviderHttp(vertx, workers, settings, json, timer);
        stopping.close();

        isAbandoned(start(over(stopping), limiter.newPermit()));
        assertThat(stub.calls()).isZero();
    }

    /** Has a circuit breaker of its own, whose name is used once. */
    private ImageApi over(ProviderHttp http) {
        return new ImageApi(http, imageApi.config(), imageApi.rules(), dialect(), shared.of("default"),
                guards.of(UUID.randomUUID().toString(), shared.of("default")), imageApi.limiter(), null, WISH);
    }

    private ImageProvider dialect() {
        return dialects.stream().filter(dialect -> dialect.type().equals(imageApi.config().type())).findFirst()
                .orElseThrow();
    }

    private CompletableFuture<ResponseImage> start(ImageApi api, DownloadPermit permit) {
        return api.generate(PROMPT, permit, workers.newSpools(), NO_IDS).subscribeAsCompletionStage();
    }

    private static void isAbandoned(CompletableFuture<ResponseImage> call) {
        assertThat(call).failsWithin(PatientAwaitility.LIMIT).withThrowableThat()
                .withCauseInstanceOf(ImageFailure.Abandoned.class);
    }
}
