package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.provider.dialect.GenerationResponse;
import com.kt.event.content.recommendation.Style;

class ModerationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    // --- an error that names moderation

    /** In this order: OpenAI three times, Azure three times, Stability, fal, Volcengine twice, gateways three times. */
    @ParameterizedTest
    @ValueSource(strings = {
            "{'error': {'code': 'content_policy_violation', 'param': null, 'type': 'invalid_request_error'}}",
            "{'error': {'code': 'moderation_blocked', 'message': 'no', 'type': 'image_generation_user_error'}}",
            "{'error': {'code': null, 'message': 'no', 'type': 'content_policy_violation'}}",
            "{'error': {'code': 'contentFilter', 'message': 'Your task failed as a result of our safety system.'}}",
            "{'error': {'code': 'content_filter', 'innererror': {'content_filter_result': {}}, 'status': 400}}",
            "{'error': {'code': 'BadRequest', 'inner_error': {'code': 'ResponsibleAIPolicyViolation'}}}",
            "{'id': 'a1', 'name': 'content_moderation', 'errors': ['Your request was flagged']}",
            "{'detail': [{'loc': ['body', 'prompt'], 'msg': 'no', 'type': 'content_policy_violation'}]}",
            "{'error': {'code': 'OutputImageSensitiveContentDetected', 'type': 'BadRequest'}}",
            "{'error': {'code': 'SensitiveContentDetected.Violence', 'type': 'BadRequest'}}",
            "{'error': {'code': '400', 'provider_specific_fields': {'innererror': {'code': 'content_filter'}}}}",
            "{'error': 'CONTENT_POLICY_VIOLATION'}", "{'code': 'content-filter', 'message': 'no'}"})
    void recognisesAnErrorByItsCode(String body) {
        assertThat(refused(json(body))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'error': {'code': 'invalid_value', 'message': 'content_filter', 'param': 'content_filter'}}",
            "{'error': {'code': 'invalid_prompt', 'message': '{\\'code\\': \\'content_filter\\'}'}}",
            "{'error': {'code': 'invalid_value', 'value': {'code': 'content_filter'}}}",
            "{'error': {'code': 'unknown_parameter'}, 'moderation': 'content_filter'}",
            "{'error': {'code': 'content_filter_not_configured'}}",
            "{'error': {'code': 'billing_hard_limit_reached', 'type': 'image_generation_user_error'}}",
            "{'detail': [{'type': 'missing', 'msg': 'Field required', 'input': {'type': 'content_filter'}}]}",
            "{'error': {'code': 'account_deactivated'}, 'status': 'blocked'}",
            "{'error': {'code': 400, 'innererror': null, 'type': true}}", "{'error': {'code': 'content_filter'",
            "content_filter", "<html>content_filter</html>", "", " ", "null", "[]", "{}", "7"})
    void doesNotMistakeAnotherErrorForARefusal(String body) {
        assertThat(refused(json(body))).isFalse();
    }

    @Test
    void readsADeeplyNestedError() {
        assertThat(refused("{\"error\": ".repeat(50_000) + "1" + "}".repeat(50_000))).isFalse();
    }

    // --- a response that is marked

    /** Marks may be set on the whole response or on the image, depending on the provider. */
    @ParameterizedTest
    @ValueSource(strings = {"'finish_reason': 'content_filter'", "'finish_reason': 'CONTENT_FILTERED'",
            "'finishReason': 'CONTENT_FILTERED'", "'finishReason': 'SAFETY'", "'finishReason': 'IMAGE_SAFETY'",
            "'finishReason': 'PROHIBITED_CONTENT'", "'finishReason': 'IMAGE_PROHIBITED_CONTENT'",
            "'finishReason': 'RECITATION'", "'finishReason': 'IMAGE_RECITATION'", "'finishReason': 'BLOCKLIST'",
            "'finishReason': 'SPII'", "'status': 'Request Moderated'", "'status': 'Content Moderated'",
            "'state': 'moderated'", "'status': 'BLOCKED'", "'state': 'filtered'", "'status': 'rejected'",
            "'content_filter_results': {'hate': {'filtered': false}, 'sexual': {'filtered': true}}",
            "'prompt_filter_results': {'jailbreak': {'detected': true, 'filtered': true}}",
            "'prompt_filter_results': [{'content_filter_results': {'hate': {'filtered': true}}}]",
            "'content_filter_results': {'custom_blocklists': [{'id': 'b', 'filtered': true}]}",
            "'has_nsfw_concepts': [true]", "'nsfw_content_detected': [true]", "'nsfw': true",
            "'respect_moderation': false", "'block_reason': '차단'",
            "'error': {'code': 'moderation_blocked'}", "'errors': [{'code': 400}, {'code': 'moderation_blocked'}]",
            "'promptFeedback': {'safetyRatings': [], 'blockReason': 'SAFETY'}",
            "'error': {'code': 'OutputImageSensitiveContentDetected', 'message': 'policy'}",
            "'code': 'content_filter'"})
    void takesAMarkedResponseForARefusalWithAnImageOrWithout(String mark) throws IOException {
        for (String image : new String[]{"'b64_json': '" + png() + "'", "'url': 'https://x/y.png'",
                "'b64_json': null"}) {
            assertThat(isWithheld(response("{'created': 1, 'data': [{" + image + ", " + mark + "}]}")))
                    .as("on the image").isTrue();
            assertThat(isWithheld(response("{" + mark + ", 'data': [{" + image + "}]}")))
                    .as("on the response").isTrue();
        }
        assertThat(isWithheld(response("{" + mark + ", 'data': []}"))).isTrue();
        assertThat(isWithheld(response("{" + mark + "}"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'finish_reason': 'stop'", "'finishReason': 'SUCCESS'", "'finish_reason': null",
            "'finishReason': 'NO_IMAGE'", "'finishReason': 'IMAGE_OTHER'", "'finish_reason': 'length'",
            "'status': 'Ready'", "'status': 'completed'", "'status': 'queued'", "'status': 200",
            "'content_filter_results': {'hate': {'filtered': false, 'severity': 'safe'}}",
            "'prompt_filter_results': {'jailbreak': {'detected': true, 'filtered': false}}",
            "'content_filter_results': {}", "'content_filter_results': null",
            "'content_filter_results': {'hate': {'filtered': 'true'}}",
            "'has_nsfw_concepts': [false]", "'has_nsfw_concepts': []", "'nsfw': false", "'nsfw': null",
            "'nsfw': 'allowed'", "'respect_moderation': true", "'respect_moderation': null",
            "'block_reason': null", "'block_reason': ''", "'moderation': 'low'",
            "'revised_prompt': 'content_filter'", "'prompt': 'status: blocked'", "'filtered': true",
            "'error': null", "'error': {'code': 'rate_limit_exceeded'}", "'type': 'image'",
            "'errors': [{'code': 'rate_limit_exceeded'}]", "'promptFeedback': {'safetyRatings': []}",
            "'status': 'rejected', 'error': {'code': 'insufficient_quota'}"})
    void takesNothingElseForAMark(String annotation) throws IOException {
        GenerationResponse onTheImage = response(
                "{'data': [{'b64_json': '" + png() + "', " + annotation + "}]}");
        GenerationResponse onTheResponse = response(
                "{" + annotation + ", 'data': [{'b64_json': '" + png() + "'}]}");

        assertThat(isWithheld(onTheImage)).isFalse();
        assertThat(isWithheld(onTheResponse)).isFalse();
        assertThat(onTheImage.image()).get().extracting(GenerationResponse.Item::base64)
                .isEqualTo(png());
        assertThat(onTheResponse.image()).isPresent();
    }

    // --- a response without an image, which says nothing

    @ParameterizedTest
    @ValueSource(strings = {"{'data': []}", "{'created': 1700000000, 'data': []}", "{'created': 1700000000}", "{}",
            "{'data': [], 'usage': {'input_tokens': 0, 'output_tokens': 0, 'total_tokens': 0}}",
            "{'data': [null]}", "{'data': [{}]}", "{'data': [{'b64_json': '', 'url': ''}]}",
            "{'data': [{'revised_prompt': '봄'}]}", "{'created': 1, 'id': 'task-1', 'status': 'queued'}",
            "{'data': [{'content_filter_results': {'hate': {'filtered': false, 'severity': 'safe'}}}]}"})
    void takesNoResponseForARefusalThatDoesNotSaySo(String body) throws IOException {
        GenerationResponse response = response(body);

        assertThat(response.image()).isEmpty();
        assertThat(isWithheld(response)).isFalse();
    }

    private static boolean isWithheld(GenerationResponse response) {
        return Moderation.isWithheld(Stream.concat(Stream.of(response.rest()),
                response.items().map(GenerationResponse.Item::rest)));
    }

    private static boolean refused(String body) {
        return ImageApiFailures.of(400, name -> null, body).reason() == ImageFailure.Reason.REJECTED;
    }

    private static GenerationResponse response(String body) throws IOException {
        return JSON.readValue(json(body), GenerationResponse.class);
    }

    private static String json(String body) {
        return body.replace('\'', '"');
    }

    private static String png() {
        return Base64.getEncoder().encodeToString(ImageApiStub.png(Style.SIMPLE));
    }
}
