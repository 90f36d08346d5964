package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.function.Function;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.image.SpoolTesting;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;

/** The base of the tests that call the guarded image API, against the stub. */
abstract class ImageApiSuite {
    static final int WINDOW = 8;
    static final ImageSize WISH = new ImageSize(1080, 1350);
    /** Of calls by whose id nobody asks. */
    static final Function<String, Uni<Void>> NO_IDS = id -> Uni.createFrom().voidItem();

    ImageApiStub stub;

    @Inject
    Providers providers;

    ImageApi imageApi;

    @Inject
    DownloadLimiter limiter;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void findTheProvider() {
        imageApi = providers.inOrder().get(0);
    }

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(SharedBreaker.localName("default"));
    }

    CircuitBreakerState state() {
        return breakers.currentState(SharedBreaker.localName("default"));
    }

    void succeed(int times) {
        for (int i = 0; i < times; i++) {
            call();
        }
    }

    void fail(int times, ResponseDefinitionBuilder response) {
        stub.drawsEverything();
        stub.answersEverything(response);
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class);
        }
    }

    ResponseImage call() {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return imageApi.generate("Style: simple\nHeadline: \"봄\"", permit, SpoolTesting.spools(), NO_IDS)
                .onTermination()
                .invoke(permit::release)
                .await().atMost(PatientAwaitility.LIMIT);
    }
}
