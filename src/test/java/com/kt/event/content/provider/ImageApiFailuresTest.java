package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

class ImageApiFailuresTest {
    // --- what a status means where the body says nothing

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
    @CsvSource({"401, KEY", "498, KEY", "402, MONEY", "403, ACCOUNT", "451, ACCOUNT", "404, ADDRESS", "405, ADDRESS",
            "406, ADDRESS", "407, ADDRESS", "410, ADDRESS", "415, ADDRESS", "421, ADDRESS", "426, ADDRESS",
            "431, ADDRESS", "501, ADDRESS", "505, ADDRESS", "508, ADDRESS", "511, ADDRESS", "301, ADDRESS",
            "302, ADDRESS", "307, ADDRESS", "308, ADDRESS"})
    void needsAnOperatorIfEveryRequestWouldBeRefused(int status, OperatorFault fault) {
        for (String body : new String[]{"", "<html><body>no</body></html>", "no"}) {
            assertOperator(failureOf(status, body), fault);
        }
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

    // --- what the body says

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            // OpenAI
            "401 | KEY | {'error': {'code': 'invalid_api_key', 'type': 'invalid_request_error'}}",
            "429 | MONEY | {'error': {'code': 'insufficient_quota', 'type': 'insufficient_quota'}}",
            "429 | MONEY | {'error': {'code': null, 'type': 'insufficient_quota'}}",
            "429 | MONEY | {'error': {'code': 'organization_spend_limit_exceeded', 'type': 'x'}}",
            "429 | MONEY | {'error': {'code': 'project_spend_limit_exceeded'}}",
            "429 | MONEY | {'error': {'code': 'organization_usage_limit_exceeded'}}",
            "429 | MONEY | {'error': {'code': 'billing_not_active'}}",
            "400 | MONEY | {'error': {'code': 'billing_hard_limit_reached', 'type': 'invalid_request_error'}}",
            "400 | MONEY | {'error': {'code': 'billing_hard_limit_reached', 'type': 'image_generation_user_error'}}",
            "403 | ACCOUNT | {'error': {'code': 'unsupported_country_region_territory', 'type': 'request_forbidden'}}",
            "403 | ACCOUNT | {'error': {'message': 'Your organization must be verified', 'type': 'invalid_request_error'}}",
            "400 | ACCOUNT | {'error': {'message': 'Your organization must be verified to use the model'}}",
            "404 | MODEL | {'error': {'code': 'model_not_found', 'type': 'invalid_request_error', 'param': 'model'}}",
            "400 | MODEL | {'error': {'code': 'model_not_found'}}",
            "400 | MODEL | {'error': {'code': 'invalid_value', 'param': 'model', 'type': 'invalid_request_error'}}",
            "401 | ACCOUNT | {'error': {'code': 'account_deactivated'}}",
            // Azure
            "403 | ACCOUNT | {'error': {'code': 'Forbidden', 'message': 'blocked: may violate our content policy'}}",
            "404 | MODEL | {'error': {'code': 'DeploymentNotFound', 'message': 'The API deployment does not exist'}}",
            "400 | MODEL | {'error': {'code': 'OperationNotSupported', 'message': 'does not work with the model'}}",
            "401 | KEY | {'error': {'code': '401', 'message': 'Access denied due to invalid subscription key'}}",
            // Google, alone and in its list
            "400 | KEY | {'error': {'code': 400, 'status': 'INVALID_ARGUMENT', 'details': [{'reason': 'API_KEY_INVALID'}]}}",
            "400 | KEY | [{'error': {'code': 400, 'status': 'INVALID_ARGUMENT', 'details': [{'reason': 'API_KEY_INVALID'}]}}]",
            "400 | ACCOUNT | {'error': {'code': 400, 'status': 'FAILED_PRECONDITION'}}",
            "403 | ACCOUNT | {'error': {'code': 403, 'status': 'PERMISSION_DENIED'}}",
            "404 | MODEL | {'error': {'code': 404, 'status': 'NOT_FOUND'}}",
            "429 | MONEY | {'error': {'status': 'RESOURCE_EXHAUSTED', 'details': [{'violations': [{'quotaId': 'RequestsPerDay'}]}]}}",
            // Replicate, Stability, DashScope, Volcengine, one-api, LiteLLM, and plain texts
            "402 | MONEY | {'title': 'Insufficient credit', 'detail': 'You have insufficient credit', 'status': 402}",
            "401 | KEY | {'id': 'a', 'name': 'unauthorized', 'errors': ['missing authorization']}",
            "402 | MONEY | {'id': 'a', 'name': 'payment_required', 'errors': ['credits']}",
            "400 | MONEY | {'code': 'Arrearage', 'message': 'Access denied'}",
            "403 | MONEY | {'error': {'code': 'AccountOverdueError'}}",
            "404 | MODEL | {'error': {'code': 'InvalidEndpointOrModel.NotFound'}}",
            "403 | MONEY | {'error': {'type': 'one_api_error', 'code': 'insufficient_user_quota'}}",
            "400 | MONEY | {'error': {'type': 'budget_exceeded', 'code': '400', 'message': 'Budget has been exceeded!'}}",
            "500 | KEY | {'error': {'message': 'litellm.AuthenticationError: OpenAI said no', 'code': '500'}}",
            "400 | KEY | {'error': 'Invalid API key'}",
            "400 | MONEY | {'error': 'insufficient_quota'}",
            "500 | MONEY | {'message': 'Insufficient balance'}",
            "400 | MODEL | {'detail': 'Model gpt-image-1 not found'}",
            "502 | MODEL | {'error': {'message': 'The model `gpt-image-1` has been deprecated'}}",
            "500 | KEY | {'error': {'code': 401, 'message': 'no'}}",
            "400 | MONEY | {'error': {'metadata': {'code': 'payment_required'}, 'code': 400}}"})
    void recognisesFaultsThatNeedAnOperator(int status, OperatorFault fault, String body) {
        assertOperator(failureOf(status, json(body)), fault);
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

    /** A prompt that is quoted must neither stop all calls nor make a refusal of an error. */
    @ParameterizedTest
    @ValueSource(strings = {"{'error': {'message': 'bad prompt: Billing discount, insufficient_quota'}}",
            "{'error': {'message': 'Cannot draw \\'model not found\\''}}",
            "{'error': 'In the prompt: invalid api key'}", "{'error': {'code': '.insufficient_quota'}}",
            "{'error': {'message': 'no', 'prompt': {'code': 'insufficient_quota'}}}",
            "{'request': {'code': 'invalid_api_key'}, 'error': {'message': 'no'}}",
            "{'error': {'message': 'prompt: content_policy_violation, moderation_blocked'}}"})
    void ignoresTextsThatMayQuoteThePrompt(String body) {
        assertThat(failureOf(400, json(body))).isInstanceOf(ImageFailure.Permanent.class)
                .extracting(ImageFailure::reason).isEqualTo(Reason.ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 422, 451, 500})
    void recognisesARefusalByModeration(int status) {
        assertThat(failureOf(status, json("{'error': {'code': 'content_policy_violation', 'message': '비밀 할인'}}")))
                .isInstanceOf(ImageFailure.Permanent.class).extracting(ImageFailure::reason).isEqualTo(Reason.REJECTED);
    }

    /** In this order: Imagen three times, OpenAI twice, Azure twice, Replicate. */
    @ParameterizedTest
    @ValueSource(strings = {
            "{'error': {'code': 400, 'status': 'INVALID_ARGUMENT', 'message': 'The prompt could not be submitted. This prompt "
                    + "contains sensitive words that violate Google\\'s Responsible AI practices. Try rephrasing the prompt.'}}",
            "{'error': {'code': 400, 'message': 'Image generation failed with the following error: The prompt could not be "
                    + "submitted. Your current safety filter threshold prohibited one or more topics in this prompt.'}}",
            "[{'error': {'code': 400, 'message': 'Unable to show generated images. All images were filtered out because "
                    + "they violated Google\\'s Responsible AI practices. Try rephrasing the prompt.'}}]",
            "{'error': {'code': null, 'type': 'image_generation_user_error', 'message': 'no safety_violations=[sexual].'}}",
            "{'error': {'message': 'Your request was rejected as a result of our safety system.'}}",
            "{'error': {'code': null, 'message': 'Your task failed as a result of our safety system.'}}",
            "{'error': {'message': 'Generated image was filtered as a result of our safety system.'}}",
            "{'detail': 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)'}"})
    void recognisesARefusalByItsSentence(String body) {
        assertThat(failureOf(400, json(body))).isInstanceOf(ImageFailure.Permanent.class)
                .extracting(ImageFailure::reason).isEqualTo(Reason.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"error\": {\"code\": \"invalid_size\"}}", "content_filter", "", "<html>", "{", "null", "7",
                    "[]", "[[]]", "{\"error\": null}", "{\"error\": [1, null, true, {}]}", "\u0000"})
    void doesNotTakeEveryRefusalForModeration(String body) {
        assertThat(failureOf(400, body).reason()).isEqualTo(Reason.ERROR);
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

    @ParameterizedTest
    @ValueSource(strings = {"{'error': ^}", "[^]", "[{'error': ^}]"})
    void readsAnErrorNoDeeperThanEightLevels(String level) {
        String code = "{'code': 'insufficient_quota'}";
        int depth = level.contains("[{") ? 4 : 8;

        assertOperator(failureOf(400, json(nested(level, depth, code))), OperatorFault.MONEY);
        assertThat(failureOf(400, json(nested(level, depth + 1, code)))).isInstanceOf(ImageFailure.Permanent.class);
    }

    private static String nested(String level, int depth, String inner) {
        return depth == 0 ? inner : nested(level, depth - 1, level.replace("^", inner));
    }

    @Test
    void blamesTheModelThatAParameterNamesUnlessAClearerCodeIsThere() {
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'message': 'no'}}")), OperatorFault.MODEL);
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'code': 'invalid_value'}}")),
                OperatorFault.MODEL);
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'code': 'invalid_api_key'}}")),
                OperatorFault.KEY);
    }

    @Test
    void doesNotKnowWhatWasMadeWhereACodeIsARedirect() {
        assertMeans(failureOf(200, json("{'error': {'code': 299}}")), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(failureOf(200, json("{'error': {'code': 300, 'type': 'server_error'}}")), Reason.ERROR,
                Billing.POSSIBLE);
    }

    // --- an error inside a response whose status is a good one

    @Test
    void classifiesAnErrorInsideAGoodResponseByTheSameTable() throws IOException {
        assertOperator(inside("{'code': 'insufficient_quota'}"), OperatorFault.MONEY);
        assertOperator(inside("{'code': 401}"), OperatorFault.KEY);
        assertMeans(inside("{'code': 'rate_limit_exceeded'}"), Reason.ERROR, Billing.NONE);
        assertMeans(inside("{'code': 503, 'message': 'no'}"), Reason.ERROR, Billing.NONE);
        assertMeans(inside("{'type': 'server_error'}"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(inside("'something broke'"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(inside("{'code': 504}"), Reason.TIMEOUT, Billing.POSSIBLE);
        assertThat(inside("{'code': 'moderation_blocked'}").reason()).isEqualTo(Reason.REJECTED);
        assertThat(inside("{'type': 'invalid_request_error', 'message': 'no'}"))
                .isInstanceOf(ImageFailure.Permanent.class);
    }

    private static ImageFailure inside(String error) throws IOException {
        return ImageApiFailures.ofErrorInside(new ObjectMapper().readTree(json(error)), 200, name -> null);
    }

    @Test
    void keepsTheRetryAfterOfAnErrorInsideAGoodResponse() throws IOException {
        assertThat(ImageApiFailures.ofErrorInside(new ObjectMapper().readTree("{\"code\": \"rate_limit_exceeded\"}"),
                200, Map.of("retry-after", "30")::get).retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void findsAnErrorInAResponseWithoutAnImage() throws IOException {
        assertOperator(insteadOfAnImage("{'code': 'insufficient_quota', 'message': 'x'}"), OperatorFault.MONEY);
        assertOperator(insteadOfAnImage("{'code': 401, 'msg': 'x'}"), OperatorFault.KEY);
        assertOperator(insteadOfAnImage("{'code': 'InvalidApiKey', 'request_id': 'x'}"), OperatorFault.KEY);
        assertOperator(insteadOfAnImage("{'detail': {'code': 'model_not_found'}}"), OperatorFault.MODEL);
        assertOperator(insteadOfAnImage("{'success': false, 'message': 'Insufficient balance'}"),
                OperatorFault.MONEY);
        assertMeans(insteadOfAnImage("{'code': '429'}"), Reason.ERROR, Billing.NONE);
        assertThat(insteadOfAnImage("{'code': 400}")).isInstanceOf(ImageFailure.Permanent.class);
        assertMeans(insteadOfAnImage("{'type': 'server_error'}"), Reason.ERROR, Billing.UNLIKELY);
        assertMeans(insteadOfAnImage("{'code': 504}"), Reason.TIMEOUT, Billing.POSSIBLE);
        assertThat(insteadOfAnImage("{'code': 'DataInspectionFailed'}").reason()).isEqualTo(Reason.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'created': 1, 'usage': {'total_tokens': 0}}", "{'code': 200, 'message': 'success'}",
            "{'code': 0, 'msg': 'ok', 'status': 'succeeded'}", "{'prompt': 'Invalid API key', 'x': {'code': 401}}",
            "{'message': 'made: insufficient quota of cake'}"})
    void takesAResponseWithoutImageAndErrorForInvalid(String fields) throws IOException {
        assertMeans(insteadOfAnImage(fields), Reason.INVALID, Billing.POSSIBLE);
    }

    private static ImageFailure insteadOfAnImage(String fields) throws IOException {
        return ImageApiFailures.ofNoImage(new ObjectMapper().readValue(json(fields), new TypeReference<>() {
        }), 200, name -> null);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n<body>",
            "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>",
            "<html>\n<head><title>400 The SSL certificate error</title></head>",
            "<html>\r\n<head><title>400 Request Header Or Cookie Too Large</title></head>",
            "Client sent an HTTP request to an HTTPS server.\n",
            "Bad Request\r\nThis combination of host and port requires TLS.\r\n",
            "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>400 Bad Request</title>\n</head>"
                    + "<body>\n<h1>Bad Request</h1>\n<p>Your browser sent a request that this server could not understand."
                    + "<br />\nReason: You're speaking plain HTTP to an SSL-enabled server port.<br />\n",
            "<HTML><HEAD><TITLE>Bad Request</TITLE></HEAD>\r\n<BODY><h2>Bad Request - Invalid Hostname</h2>"})
    void blamesTheAddressWhereAServerSaysWithA400ThatItIsWrong(String page) {
        assertOperator(failureOf(400, page), OperatorFault.ADDRESS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"KEY | Invalid API key.", "MONEY | Insufficient balance:",
            "MODEL | The model x does not exist", "ACCOUNT | Your account has been suspended"})
    void readsASentenceThatHasLineBreaks(OperatorFault fault, String begin) {
        assertOperator(failureOf(400, "{\"error\": {\"message\": \"" + begin + "\\nSee https://example.com\"}}"),
                fault);
    }

    @Test
    void neverBlamesTheProviderForAnImageThatModerationWithheld() {
        ImageFailure failure = ImageApiFailures.rejected("withheld");

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }

    // --- when to ask again

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500})
    void quotesNothingOfTheResponse(int status) {
        String body = "{\"error\": {\"code\": \"content_filter\", \"message\": \"비밀 할인: sk-1234\"}}";

        assertThat(failureOf(Response.status(status).entity(body).build()).getMessage())
                .doesNotContain("비밀", "sk-1234", "content_filter");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnTheRetryAfter(int status) {
        assertThat(failureOf(response(status, "17")).retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void hasNoRetryAfterWithoutTheHeader(int status) {
        assertThat(failureOf(response(status)).retryAfter()).isEmpty();
    }

    @Test
    void readsTheRetryAfterFromTheBodyWithoutTheHeader() {
        assertThat(failureOf(429, json("{'error': {'message': 'Rate limit. Please try again in 12s.'}}")).retryAfter())
                .contains(Duration.ofSeconds(12));
        assertThat(failureOf(429, json("{'detail': 'Request was throttled.', 'retry_after': 9}")).retryAfter())
                .contains(Duration.ofSeconds(9));
        assertThat(failureOf(429,
                json("[{'error': {'details': [{'@type': 'google.rpc.RetryInfo', 'retryDelay': '41.5s'}]}}]"))
                .retryAfter()).contains(Duration.ofMillis(41_500));
        assertThat(ImageApiFailures.of(429, Map.of("retry-after", "30")::get, "try again in 12s").retryAfter())
                .as("the header is there").contains(Duration.ofSeconds(30));
    }

    @Test
    void passesOnWhatTheBodySaysToAnOperatorToo() {
        ImageFailure failure = failureOf(401, json("{'error': {'message': 'Please try again in 12s.'}}"));

        assertOperator(failure, OperatorFault.KEY);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(12));
    }

    @Test
    void passesOnNothingThatTheBodySaysOfAnotherFailure() {
        assertThat(failureOf(500, json("{'error': {'message': 'Please try again in 12s.'}}")).retryAfter()).isEmpty();
    }

    @Test
    void waitsForTheResetOfALimitOnlyWhereALimitWasMet() {
        Map<String, String> headers = Map.of("x-ratelimit-reset", "12s");

        assertThat(ImageApiFailures.of(429, headers::get, "").retryAfter()).contains(Duration.ofSeconds(12));
        assertThat(ImageApiFailures.of(500, headers::get, "").retryAfter()).isEmpty();
    }

    @Test
    void allowsNoCallAfterAServerErrorIfTheProviderForbidsRetries() {
        assertThat(ImageApiFailures.of(500, Map.of("x-should-retry", "false")::get, "").billing())
                .isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(500, Map.of("x-should-retry", "true")::get, "").billing())
                .isEqualTo(Billing.UNLIKELY);
        assertThat(ImageApiFailures.of(504, Map.of("x-should-retry", "true")::get, "").billing())
                .as("says nothing of who pays").isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(429, Map.of("x-should-retry", "false")::get, "").billing())
                .as("nothing was made").isEqualTo(Billing.NONE);
    }

    @Test
    void takesARefusedConnectionForARefusal() {
        assertRefused(new ProcessingException(new ConnectException("Connection refused: 10.0.0.1:443")));
    }

    @Test
    void takesAnUnknownHostForARefusal() {
        assertRefused(new ProcessingException(new UnknownHostException("api.openai.com")));
    }

    @Test
    void takesAHostWithoutARouteForARefusal() {
        assertRefused(new ProcessingException(new NoRouteToHostException("No route to host")));
    }

    /** Nothing is asked before both sides know whom they talk to. */
    @Test
    void takesACertificateThatNobodyTrustsForARefusal() {
        assertRefused(new ProcessingException(new SSLHandshakeException("no valid certification path")),
                "the TLS handshake with the image API failed (no valid certification path)");
    }

    @Test
    void looksForTheReasonBelowOtherExceptions() {
        assertRefused(new RuntimeException(new ProcessingException(new IOException(new ConnectException()))));
    }

    @Test
    void takesAReadTimeoutForAnUnknownOutcome() {
        ImageFailure failure = ImageApiFailures.of(new ProcessingException(new TimeoutException("after 295000 ms")));

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void takesABareTimeoutForAnUnknownOutcome() {
        assertThat(ImageApiFailures.of(new TimeoutException())).usingRecursiveComparison()
                .isEqualTo(ImageApiFailures.timeout());
    }

    @Test
    void takesABrokenConnectionForAnUnknownOutcome() {
        ImageFailure failure = ImageApiFailures
                .of(new ProcessingException(new IOException("Connection reset by peer")));

        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class);
    }

    @Test
    void takesAnyOtherExceptionForAnUnknownOutcome() {
        assertThat(ImageApiFailures.of(new IllegalStateException()).billing()).isEqualTo(Billing.POSSIBLE);
        assertThat(ImageApiFailures.of(new EOFException()).billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void namesTheRootOfAnExceptionAndQuotesNothing() {
        assertThat(ImageApiFailures.of(new ProcessingException("비밀 할인", new IOException("sk-1234"))))
                .hasMessage("the connection to the image API failed during the call (IOException)").hasNoCause();
    }

    @Test
    void keepsAKnownFailure() {
        ImageFailure known = failureOf(response(429, "3"));

        assertThat(ImageApiFailures.of(known)).isSameAs(known);
    }

    @Test
    void findsAKnownFailureBelowOtherExceptions() {
        ImageFailure known = failureOf(response(400));

        assertThat(ImageApiFailures.of(new ProcessingException(new RuntimeException(known)))).isSameAs(known);
    }

    @Test
    void knowsThatNothingWasSentWhileTheCircuitBreakerIsOpen() {
        assertThat(ImageApiFailures.of(new CircuitBreakerOpenException())).isInstanceOf(ImageFailure.NotSent.class);
    }

    @Test
    void takesTheTimeoutOfTheGuardForATimeout() {
        ImageFailure failure = ImageApiFailures
                .of(new org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException());

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void neverRepeatsTheCallForAnInvalidImage() {
        ImageFailure failure = ImageApiFailures.invalid("no image");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }

    @Test
    void asksNoMoreForAnImageThatNobodyWaitsFor() {
        assertThat(ImageApiFailures.abandoned()).isInstanceOf(ImageFailure.Permanent.class)
                .extracting(ImageFailure::reason).isEqualTo(Reason.ERROR);
    }

    private static void assertRefused(Throwable exception) {
        assertRefused(exception, "the image API cannot be reached");
    }

    private static void assertRefused(Throwable exception, String message) {
        ImageFailure failure = ImageApiFailures.of(exception);

        assertThat(failure.reason()).isEqualTo(Reason.ERROR);
        assertThat(failure.billing()).isEqualTo(Billing.NONE);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure).isNotInstanceOf(ImageFailure.Permanent.class).hasMessage(message);
    }

    private static ImageFailure failureOf(int status, String body) {
        return ImageApiFailures.of(status, name -> null, body);
    }

    private static String json(String body) {
        return body.replace("\\'", "\u2019").replace('\'', '"').replace('\u2019', '\'');
    }

    private static void assertMeans(ImageFailure failure, Reason reason, Billing trace) {
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.billing()).isEqualTo(trace);
    }

    private static void assertOperator(ImageFailure failure, OperatorFault fault) {
        assertThat(failure).isInstanceOfSatisfying(ImageFailure.Operator.class,
                it -> assertThat(it.fault()).isEqualTo(fault));
        assertThat(failure.billing()).as("nothing was made").isEqualTo(Billing.NONE);
    }

    private static ImageFailure failureOf(Response response) {
        String body = response.hasEntity() ? response.getEntity().toString() : "";
        return ImageApiFailures.of(response.getStatus(), response::getHeaderString, body);
    }

    private static Response response(int status) {
        return Response.status(status).build();
    }

    private static Response response(int status, String retryAfter) {
        return Response.status(status).header("Retry-After", retryAfter).build();
    }
}
