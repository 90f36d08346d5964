package com.kt.event.content.provider.dialect;

import static com.kt.event.content.provider.dialect.OpenAiBackgroundFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
class OpenAiBackgroundTest extends DialectSuite {
    private static final OpenAiBackgroundFixture BACKGROUND = new OpenAiBackgroundFixture();

    @Test
    void tellsTheTextModelToLeaveThePromptAsItIs() {
        BACKGROUND.draws(stub, Shapes.png());
        DialectCalls.Call call = calls.to(provider(BACKGROUND));

        ResponseImage image = call.generate(PROMPT);

        assertThat(call.ids()).containsExactly(OpenAiBackgroundFixture.ID);
        assertThat(image.usage().units()).containsKey(Usage.TEXT_OUTPUT_TOKENS);
        assertThat(paid().getBodyAsString()).contains("\"background\":true").contains("\"model\":\"gpt-5.4-mini\"")
                .contains("\"model\":\"gpt-image-2.6-flare\"").contains("\"size\":\"1088x1360\"")
                .contains("word for word").contains("\"tool_choice\":{\"type\":\"image_generation\"}");
    }

    @Test
    void asksUntilTheOutcomeIsKnown() {
        BACKGROUND.prepare(stub);
        stub.answersInTurn(BACKGROUND.imageRequest(), Shapes.json(response("queued", "")),
                Shapes.json(response("in_progress", "")), Shapes.json(BACKGROUND.image(stub, Shapes.png())));

        assertThat(image(BACKGROUND)).isEqualTo(Shapes.png());
        assertThat(stub.posts()).hasSize(1);
    }

    @Test
    void asksForTheOutcomeOfAnEarlierCall() {
        BACKGROUND.draws(stub, Shapes.png());

        DialectCalls.Call call = calls.to(provider(BACKGROUND));

        assertThat(call.receive(call.resume(OpenAiBackgroundFixture.ID))).isEqualTo(Shapes.png());
        assertThat(stub.posts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"failed, moderation_blocked, REFUSED", "failed, rate_limit_exceeded, BUSY",
            "failed, server_error, UNKNOWN",
            "failed, insufficient_quota, OPERATOR", "failed, image_generation_failed, UNKNOWN"})
    void knowsTheErrorOfAResponseThatFailed(String status, String code, CallOutcome outcome) {
        BACKGROUND.respondsWith(stub, Shapes.json(response(status, "", "'error': {'code': '" + code
                + "', 'message': 'Something went wrong.'}, 'incomplete_details': null")));

        assertThat(failure(BACKGROUND).outcome()).isEqualTo(outcome);
    }

    /** "Busy" would mean that it cannot be asked for now. */
    @ParameterizedTest
    @CsvSource({"rate_limit_exceeded", "insufficient_quota"})
    void anEarlierCallThatMadeNothingIsMadeOnceMore(String code) {
        BACKGROUND.respondsWith(stub,
                Shapes.json(response("failed", "", "'error': {'code': '" + code + "'}, 'x': null")));
        DialectCalls.Call call = calls.to(provider(BACKGROUND));

        assertThat(catchThrowableOfType(ImageFailure.class, () -> call.resume(OpenAiBackgroundFixture.ID)).billing())
                .isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    @Test
    void aFilteredResponseIsARefusal() {
        BACKGROUND.respondsWith(stub, Shapes.json(
                response("incomplete", "", "'error': null, 'incomplete_details': {'reason': 'content_filter'}")));

        assertThat(failure(BACKGROUND).outcome()).isEqualTo(CallOutcome.REFUSED);
    }

    @Test
    void aCancelledResponseMayBeBilled() {
        BACKGROUND.respondsWith(stub, Shapes.json(response("cancelled", "")));

        assertThat(failure(BACKGROUND).billing()).isEqualTo(ImageFailure.Billing.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource({"400, moderation_blocked, REFUSED", "429, rate_limit_exceeded, BUSY", "401, invalid_api_key, OPERATOR",
            "400, invalid_value, BAD_REQUEST", "500, server_error, UNKNOWN"})
    void knowsTheErrorOfARequest(int status, String code, CallOutcome outcome) {
        assertThat(outcome(BACKGROUND, Shapes.json(status,
                "{'error': {'code': '" + code + "', 'type': 'x', 'param': 'tools[0].size', 'message': 'y'}}")))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"background, gpt-5.4-mini, ", "background, , text-model must be", ", gpt-5.4-mini, text-model must be",
            "webhook, , mode must be", ", , "})
    void checksItsSettings(String mode, String textModel, String fault) {
        Map<String, String> options = new java.util.HashMap<>();
        options.put("mode", mode);
        options.put("text-model", textModel);
        ProviderConfig config = DialectCalls.provider("openai", stub.url(), "gpt-image-2", options);

        assertThat(calls.dialect(config).faults(config)).hasSize(fault == null ? 0 : 1)
                .allMatch(sentence -> sentence.startsWith(fault));
    }
}
