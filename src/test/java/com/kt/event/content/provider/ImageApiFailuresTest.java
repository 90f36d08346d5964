package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** The meaning of a status, and of an error code in the body. */
class ImageApiFailuresTest extends ImageApiFailuresSuite {
    @ParameterizedTest
    @ValueSource(ints = {423, 425, 429, 503, 521, 522, 523, 525, 526, 529, 530})
    void knowsThatNothingWasMadeIfTheProviderWasBusyOrUnreachable(int status) {
        assertMeans(failureOf(status, ""), Reason.ERROR, Billing.NONE);
        assertThat(failureOf(status, "")).isNotInstanceOf(ImageFailure.Operator.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 424, 500, 502, 507, 520, 527})
    void assumesThatAServerErrorMadeNothing(int status) {
        assertMeans(failureOf(status, ""), Reason.ERROR, Billing.UNLIKELY);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 504, 524, 598})
    void assumesThatAGatewayTimeoutMayHaveMadeAnImage(int status) {
        assertMeans(failureOf(status, ""), Reason.TIMEOUT, Billing.POSSIBLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 300, 303, 304, 460, 499, 509, 599, 600, 999})
    void assumesThatAnUnknownStatusMayHaveMadeAnImage(int status) {
        assertThat(failureOf(status, "").billing()).isNotEqualTo(Billing.NONE);
        assertThat(failureOf(status, "")).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 414, 416, 418, 422})
    void blamesTheRequestForNoOtherStatus(int status) {
        assertMeans(failureOf(status, ""), Reason.ERROR, Billing.POSSIBLE);
        assertThat(failureOf(status, "")).isInstanceOf(ImageFailure.Permanent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 408, 400})
    void namesTheStatusInTheMessage(int status) {
        assertThat(failureOf(response(status))).hasMessage("the image API returned status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500})
    void quotesNothingOfTheResponse(int status) {
        String body = "{\"error\": {\"code\": \"content_filter\", \"message\": \"비밀 할인: sk-1234\"}}";

        assertThat(failureOf(Response.status(status).entity(body).build()).getMessage())
                .doesNotContain("비밀", "sk-1234", "content_filter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "429 | {'error': {'code': 'rate_limit_exceeded', 'type': 'input-images'}}",
            "429 | {'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'details': [{'violations': [{'quotaId': 'PerMinute'}]}]}}",
            "503 | {'error': {'code': 503, 'status': 'UNAVAILABLE', 'message': 'The model is overloaded'}}",
            "503 | {'error': {'type': 'server_error', 'code': null}}",
            "400 | {'error': {'code': 'rate_limit_exceeded'}}",
            "500 | {'error': {'type': 'overloaded_error'}}",
            "500 | {'error': {'code': 429}}", "500 | {'error': {'code': '503'}}",
            "403 | {'error': {'code': 'RateLimitReached'}}", "400 | {'code': 'Throttling.RateQuota'}",
            "400 | {'detail': 'Request was throttled. Expected available in 9 seconds.'}",
            "500 | {'error': {'message': 'litellm.RateLimitError: slow', 'code': null}}"})
    void recognisesABusyProviderWhateverTheStatus(int status, String body) {
        ImageFailure failure = failureOf(status, json(body));

        assertMeans(failure, Reason.ERROR, Billing.NONE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Operator.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "500 | UNLIKELY | {'error': {'code': null, 'type': 'server_error'}}",
            "500 | UNLIKELY | {'error': {'code': 500, 'status': 'INTERNAL'}}",
            "400 | UNLIKELY | {'error': {'code': 'internal_error'}}",
            "500 | POSSIBLE | {'error': {'code': 'timeout'}}", "503 | POSSIBLE | {'code': 'upstream_timed_out'}",
            "400 | POSSIBLE | {'error': {'code': 504, 'status': 'DEADLINE_EXCEEDED'}}",
            "504 | POSSIBLE | {'error': {'code': 503}}", "408 | POSSIBLE | {'error': {'code': 429}}",
            "524 | POSSIBLE | {'error': {'code': 500}}"})
    void prefersTheCodeToTheStatusButAllowsNoCallAfterATimeout(int status, Billing trace, String body) {
        assertThat(failureOf(status, json(body)).billing()).isEqualTo(trace);
        assertThat(failureOf(status, json(body))).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void doesNotKnowWhatWasMadeWhereACodeIsARedirect() {
        assertMeans(failureOf(200, json("{'error': {'code': 299}}")), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(failureOf(200, json("{'error': {'code': 300, 'type': 'server_error'}}")), Reason.ERROR,
                Billing.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "400 | {'error': {'code': 'invalid_value', 'param': 'size', 'type': 'invalid_request_error'}}",
            "400 | {'error': {'code': 'unknown_parameter', 'param': 'response_format'}}",
            "500 | {'error': {'code': 'unknown_parameter'}}", "502 | {'error': {'type': 'invalid_request_error'}}",
            "422 | {'detail': [{'loc': ['body', 'prompt'], 'type': 'missing', 'msg': 'Field required'}]}",
            "400 | {'error': {'code': 400, 'status': 'INVALID_ARGUMENT'}}",
            "400 | {'error': {'code': 'InvalidPayload'}}"})
    void recognisesAnInvalidRequest(int status, String body) {
        assertThat(failureOf(status, json(body))).isInstanceOf(ImageFailure.Permanent.class)
                .extracting(ImageFailure::reason).isEqualTo(Reason.ERROR);
    }

    @Test
    void readsDeeplyNestedAndLongErrors() {
        assertThat(failureOf(400, "{\"error\": ".repeat(50_000) + "1" + "}".repeat(50_000)).reason())
                .isEqualTo(Reason.ERROR);
        assertThat(failureOf(400, "{\"error\": \"" + "model no ".repeat(100_000) + "\"}").reason())
                .isEqualTo(Reason.ERROR);
        assertThat(failureOf(500, "{\"error\": {\"code\": \"" + "modelno".repeat(100_000) + "\"}}").billing())
                .isEqualTo(Billing.UNLIKELY);
    }

    @Test
    void neverRepeatsTheCallForAnInvalidImage() {
        ImageFailure failure = ImageFailure.invalid("no image");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void asksNoMoreForAnImageThatNobodyWaitsFor() {
        assertThat(ImageApiFailures.abandoned()).isInstanceOf(ImageFailure.Permanent.class)
                .extracting(ImageFailure::reason).isEqualTo(Reason.ERROR);
    }
}
