package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Style;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/** Drives the real circuit breaker against the stub. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageApiGuardsTest extends ImageApiSuite {
    @Inject
    MeterRegistry meters;

    @Test
    void opensWhenHalfOfTheWindowFailsAndThenMakesNoCalls() {
        succeed(WINDOW / 2);
        fail(WINDOW / 2, aResponse().withStatus(500));
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);

        assertThatThrownBy(this::call).isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(stub.calls()).as("calls since the last reset of the stub").isEqualTo(WINDOW / 2);
    }

    /** Alarms of operators have these names. */
    @Test
    void measuresAsAnAnnotatedMethodDoes() {
        succeed(1);

        for (String name : List.of("ft.circuitbreaker.state.current", "ft.timeout.executionDuration")) {
            assertThat(meters.get(name).tag("method", "com.kt.event.content.provider.ImageApi.generate").meters())
                    .isNotEmpty();
        }
    }

    @Test
    void staysClosedWhileLessThanHalfFails() {
        succeed(WINDOW / 2 + 1);
        fail(WINDOW / 2 - 1, aResponse().withStatus(500));

        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void closesAfterThePauseWhenTheProviderWorksAgain() {
        fail(WINDOW, aResponse().withStatus(503));
        stub.drawsEverything();

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(SpoolTesting.bytes(call().bytes())).isEqualTo(ImageApiStub.png(Style.SIMPLE)));
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

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void doesNotOpenForWhatIsNotTheProvidersFault(int status) {
        fail(2 * WINDOW, aResponse().withStatus(status));

        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(stub.calls()).isEqualTo(2 * WINDOW);
    }

    /** An error with a code or a sentence, a finish reason, and a state beside a placeholder. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | {'error': {'code': 'moderation_blocked', 'message': '봄'}}",
            "400 | {'error': {'code': 400, 'message': 'The prompt could not be submitted. This prompt contains sensitive words'}}",
            "200 | {'error': {'code': 'moderation_blocked'}, 'data': [{'b64_json': 'iVBORw0KGgo='}]}",
            "200 | {'data': [{'b64_json': 'iVBORw0KGgo=', 'finish_reason': 'CONTENT_FILTERED'}]}",
            "200 | {'data': [{'b64_json': 'iVBORw0KGgo=', 'content_filter_results': {'hate': {'filtered': true}}}]}",
            "200 | {'data': [{'url': 'http://localhost/black.png'}], 'has_nsfw_concepts': [true]}",
            "200 | {'id': 'a1', 'status': 'Request Moderated', 'result': null}"}, quoteCharacter = '"')
    void doesNotOpenForARefusalByModerationAndCallsOnce(int status, String body) {
        stub.answersEverything(aResponse().withStatus(status).withBody(body.replace('\'', '"')));

        for (int i = 0; i < 2 * WINDOW; i++) {
            ImageFailure failure = catchThrowableOfType(ImageFailure.class, this::call);
            assertThat(failure.reason()).isEqualTo(ImageFailure.Reason.REJECTED);
            assertThat(failure).hasMessageNotContaining("봄");
        }
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(stub.calls()).isEqualTo(2 * WINDOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>bad gateway</html>", "", "{}", "{\"data\": \"\"}", "{\"data\": [\"\"]}",
            "{\"data\": [1]}", "{\"data\": [{\"b64_json\": \"%%%\"}]}", "{\"data\": [{\"b64_json\": 5}]}",
            "{\"data\": [", "{\"created\": 1, \"data\": []}",
            "{\"data\": [{\"b64_json\": \"\", \"revised_prompt\": \"spring\"}]}",
            "{\"data\": [], \"usage\": {\"total_tokens\": 0}}",
            "{\"error\": {\"code\": \"internal_error\"}, \"data\": []}", "{\"id\": \"1\", \"status\": \"queued\"}"})
    void opensForGarbage(String garbage) {
        fail(WINDOW, aResponse().withBody(garbage));

        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void sendsTheRequestOnceAndNeverFollowsARedirect() {
        fail(1, aResponse().withStatus(307).withHeader("Location", "/elsewhere"));

        assertThat(stub.calls()).isEqualTo(1);
    }
}
