package com.kt.event.content.generator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/** Drives the real breaker against the stub. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageApiGuardsTest {
    private static final int WINDOW = 8;

    ImageApiStub stub;

    @Inject
    ImageApi imageApi;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(ImageApi.BREAKER);
    }

    @Test
    void opensWhenHalfOfTheWindowFailsAndThenAsksNobody() {
        succeed(WINDOW / 2);
        fail(WINDOW / 2, aResponse().withStatus(500));
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);

        assertThatThrownBy(this::call).isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(stub.calls()).as("calls since the last reset of the stub").isEqualTo(WINDOW / 2);
    }

    @Test
    void staysClosedWhileLessThanHalfFails() {
        succeed(WINDOW / 2 + 1);
        fail(WINDOW / 2 - 1, aResponse().withStatus(500));

        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void closesAfterThePauseWhenTheProviderIsBack() {
        fail(WINDOW, aResponse().withStatus(503));
        stub.drawsEverything();

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(call().bytes()).isEqualTo(ImageApiStub.png(Style.SIMPLE)));
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void opensAgainWhenTheProbeFails() {
        fail(WINDOW, aResponse().withStatus(503));
        int calls = stub.calls();

        await().until(() -> {
            assertThatThrownBy(this::call);
            return stub.calls() > calls;
        });
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(stub.calls()).isEqualTo(calls + 1);
    }

    @Test
    void doesNotOpenForWhatIsNotTheProvidersFault() {
        fail(2 * WINDOW, aResponse().withStatus(400)
                .withBody("{\"error\": {\"code\": \"moderation_blocked\"}}"));

        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(stub.calls()).isEqualTo(2 * WINDOW);
    }

    @Test
    void opensForGarbage() {
        fail(WINDOW, aResponse().withBody("<html>bad gateway</html>"));

        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void sendsTheRequestOnceAndNeverFollowsARedirect() {
        fail(1, aResponse().withStatus(307).withHeader("Location", "/elsewhere"));

        assertThat(stub.calls()).isEqualTo(1);
    }

    private CircuitBreakerState state() {
        return breakers.currentState(ImageApi.BREAKER);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            call();
        }
    }

    private void fail(int times, ResponseDefinitionBuilder answer) {
        stub.drawsEverything();
        stub.answersEverything(answer);
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class);
        }
    }

    private GenerationResponse.Item call() {
        return imageApi.generate("Style: simple\nHeadline: \"봄\"").await().atMost(Duration.ofSeconds(5));
    }
}
