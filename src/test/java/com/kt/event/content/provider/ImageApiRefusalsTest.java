package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Refusals by the provider's moderation. */
class ImageApiRefusalsTest extends ImageApiFailuresSuite {
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
    void neverBlamesTheProviderForAnImageThatModerationWithheld() {
        ImageFailure failure = ImageFailure.refused("withheld");

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure.billing()).isEqualTo(Billing.POSSIBLE);
    }
}
