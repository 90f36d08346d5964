package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Responses that report a fault an operator must resolve. */
class ImageApiOperatorFaultsTest extends ImageApiFailuresSuite {
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
            "400 | MODEL | {'error': {'code': 'invalid_value', 'param': 'tools[0].model', 'type': 'invalid_request_error'}}",
            "400 | MODEL | {'error': {'param': 'tools[12].model', 'type': 'invalid_request_error', 'code': null}}",
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

    @Test
    void blamesTheModelThatAParameterNamesUnlessAClearerCodeIsThere() {
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'message': 'no'}}")), OperatorFault.MODEL);
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'code': 'invalid_value'}}")),
                OperatorFault.MODEL);
        assertOperator(failureOf(400, json("{'error': {'param': 'model', 'code': 'invalid_api_key'}}")),
                OperatorFault.KEY);
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
}
