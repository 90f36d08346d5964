package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

/** Drives the real circuit breaker against the stub. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageApiGuardsTest {
    private static final int WINDOW = 8;

    ImageApiStub stub;

    @Inject
    ImageApi imageApi;

    @Inject
    DownloadLimiter limiter;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    @AfterEach
    void reset() {
        stub.drawsEverything();
        breakers.reset(SharedBreaker.NAME);
    }

    @Test
    void opensWhenHalfOfTheWindowFailsAndThenMakesNoCalls() {
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
    void closesAfterThePauseWhenTheProviderWorksAgain() {
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

    @ParameterizedTest
    @ValueSource(strings = {"'code': 'insufficient_quota'", "'code': 'rate_limit_exceeded'", "'type': 'server_error'"})
    void findsAnErrorInsideAGoodResponseBesideOtherFields(String error) {
        stub.answersEverything(aResponse().withBody(
                ("{'data': [{'b64_json': 'iVBORw0KGgo='}], 'error': {" + error + "}}").replace('\'', '"')));

        ImageFailure failure = catchThrowableOfType(ImageFailure.class, this::call);

        assertThat(failure.reason()).isEqualTo(ImageFailure.Reason.ERROR);
        assertThat(failure.billing()).isNotEqualTo(ImageFailure.Billing.POSSIBLE);
    }

    @Test
    void takesTheUrlWhenTheBytesAreEmpty() {
        stub.answersEverything(
                aResponse().withBody("{\"data\": [{\"b64_json\": \"\", \"url\": \"http://localhost/a.png\"}]}"));

        assertThat(call().bytes()).isNull();
        assertThat(call().address()).isEqualTo(HttpAddress.of("http://localhost/a.png"));
    }

    /** As gateways and libraries write it: without padding, in lines, in the other alphabet, escaped, as an address. */
    @ParameterizedTest
    @ValueSource(strings = {"b64_json: -_8", "b64_json: -_8=", "b64_json: \\u002b/8\\u003d", "b64_json: +\\/8=",
            "b64_json: +/\\r\\n8=\\n", "b64_json: data:image/png;base64,+/8=", "b64_json: data:;base64,+/8",
            "url: data:image/webp;base64,+/8=", "url: DATA:image/png;charset=x;base64,%2B/8%3D"})
    void takesBase64AsItIsWritten(String field) {
        String[] nameAndValue = field.split(": ");
        stub.answersEverything(aResponse()
                .withBody("{\"data\": [{\"" + nameAndValue[0] + "\": \"" + nameAndValue[1] + "\"}]}"));

        assertThat(call().bytes()).containsExactly(0xfb, 0xff);
    }

    @ParameterizedTest
    @CsvSource({"/images/1.png, /images/1.png", "1.png, /v1/images/1.png", "images/봄 소식.png#top,"
            + "/v1/images/images/%EB%B4%84%20%EC%86%8C%EC%8B%9D.png"})
    void parsesAUrlAsABrowserWould(String url, String target) {
        stub.answersEverything(aResponse().withBody("{\"data\": [{\"url\": \"" + url + "\"}]}"));

        assertThat(call().address().target()).isEqualTo(target);
    }

    @Test
    void takesTheLastImageIfDraftsPrecedeIt() {
        stub.answersEverything(
                aResponse().withBody("{\"data\": [{\"b64_json\": \"AAAA\"}, {\"b64_json\": \"+/8=\"}]}"));

        assertThat(call().bytes()).containsExactly(0xfb, 0xff);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip"})
    void decompressesAResponseWithoutHavingRequestedIt(String coding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE)).getBytes(StandardCharsets.UTF_8));
        }
        stub.answersEverything(aResponse().withHeader("Content-Encoding", coding).withBody(bytes.toByteArray()));

        assertThat(call().bytes()).isEqualTo(ImageApiStub.png(Style.SIMPLE));
        LoggedRequest request = stub.requests(Style.SIMPLE).get(0);
        assertThat(request.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(request.getHeader("User-Agent")).startsWith("content-service/");
    }

    /** Each would have been kept, for what it says beside the image. */
    @Test
    void rejectsTooManyParts() {
        String field = "\"k%d\":1,";
        StringBuilder fields = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            fields.append(String.format(field, i));
        }
        stub.answersEverything(aResponse().withBody(fields + "\"data\": [{\"b64_json\": \"+/8=\"}]}"));
        assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class).hasMessageContaining("cannot be read");

        stub.answersEverything(aResponse().withBody("{\"data\": [" + "{},".repeat(3_000_000) + "{}]}"));
        assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class).hasMessageContaining("cannot be read");
    }

    @Test
    void takesAnImageLargerThanTheLimitOfTexts() {
        byte[] image = new byte[16 * 1024 * 1024];
        stub.answersEverything(aResponse().withBody(ImageApiStub.image(image)));

        assertThat(call().bytes()).hasSize(image.length);
    }

    @Test
    void sendsTheRequestOnceAndNeverFollowsARedirect() {
        fail(1, aResponse().withStatus(307).withHeader("Location", "/elsewhere"));

        assertThat(stub.calls()).isEqualTo(1);
    }

    private CircuitBreakerState state() {
        return breakers.currentState(SharedBreaker.NAME);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            call();
        }
    }

    private void fail(int times, ResponseDefinitionBuilder response) {
        stub.drawsEverything();
        stub.answersEverything(response);
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class);
        }
    }

    private ResponseImage call() {
        DownloadLimiter.Permit permit = limiter.newPermit();
        return imageApi.generate("Style: simple\nHeadline: \"봄\"", permit).onTermination().invoke(permit::release)
                .await().atMost(PatientAwaitility.LIMIT);
    }
}
