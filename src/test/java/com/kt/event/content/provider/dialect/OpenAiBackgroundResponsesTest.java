package com.kt.event.content.provider.dialect;

import static com.kt.event.content.provider.dialect.OpenAiBackgroundFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.FakeCall;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

/** What a response of the Responses API says about the image, without a network. */
class OpenAiBackgroundResponsesTest {
    private static final ImageRequest REQUEST = new ImageRequest("봄", new ImageSize(1080, 1080));
    private static final String IMAGE = "{'type': 'image_generation_call', 'result': 'aW1hZ2U='}";
    private static final String NO_ERROR = "'error': null, 'incomplete_details': null";

    private final FakeCall call = new FakeCall(DialectCalls.provider("openai", "https://api.openai.com", "gpt-image-2",
            Map.of("mode", "background", "text-model", "gpt-5.4-mini")))
            .responds(200, "{'id': 'resp_1', 'status': 'queued'}");

    /** The image may still come, and somebody else would be paid for another one. */
    @ParameterizedTest
    @ValueSource(strings = {"{'error': {'code': 'rate_limit_exceeded', 'message': 'Slow down.'}}",
            "{'id': 'resp_1', 'status': 'in_progress', 'error': {'code': 'server_error'}}",
            "{'id': 'resp_1', 'status': 'processing'}", "{'id': 'resp_1'}", "{}", "[]",
            "{'message': 'upstream connect error', 'error': 'insufficient_quota'}"})
    void asksAgainUnlessTheResponseHasEnded(String answer) {
        call.responds(200, answer).responds(200, response("completed", IMAGE));

        assertThat(generate().bytes()).isNotNull();
        assertThat(call.events()).filteredOn(event -> event.startsWith("POST")).hasSize(1);
        assertThat(call.events()).filteredOn(event -> event.startsWith("GET")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"failed, rate_limit_exceeded, BUSY", "incomplete, rate_limit_exceeded, BUSY",
            "failed, moderation_blocked, REFUSED"})
    void readsTheErrorOfAResponseThatHasFailed(String status, String code, CallOutcome outcome) {
        call.responds(200, response(status, "", "'error': {'code': '" + code + "'}, 'incomplete_details': null"));

        assertThat(failure().outcome()).isEqualTo(outcome);
    }

    /** It has been paid for. */
    @Test
    void takesTheImageOfACompletedResponseWithAnErrorBesideIt() {
        call.responds(200, response("completed", IMAGE, "'error': {'code': 'rate_limit_exceeded'}, 'x': null"));

        assertThat(generate().bytes()).isNotNull();
    }

    @Test
    void doesNotTakeACompletedResponseForBusy() {
        call.responds(200, response("completed", "", "'error': {'code': 'rate_limit_exceeded'}, 'x': null"));

        assertThat(failure().billing()).isEqualTo(ImageFailure.Billing.UNLIKELY);
    }

    @Test
    void aCancelledResponseMayBeBilled() {
        call.responds(200, response("cancelled", "", "'error': {'code': 'rate_limit_exceeded'}, 'x': null"));

        assertThat(failure().billing()).isEqualTo(ImageFailure.Billing.POSSIBLE);
    }

    /** The price of the tokens is that of the image model. */
    @Test
    void keepsTheTokensOfTheTextModelApart() {
        call.responds(200, response("completed", IMAGE, NO_ERROR
                + ", 'tool_usage': {'image_gen': {'input_tokens': 57, 'output_tokens': 1834}, 'web_search': {}}"));

        assertThat(generate().usage()).isEqualTo(new Usage(57L, 1834L,
                Map.of(Usage.TEXT_INPUT_TOKENS, new BigDecimal(120), Usage.TEXT_OUTPUT_TOKENS, new BigDecimal(1900))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'tool_usage': {}", ", 'tool_usage': {'image_gen': {'input_tokens': 0}}",
            ", 'tool_usage': 5"})
    void knowsNoTokensOfTheImageIfTheToolReportsNone(String toolUsage) {
        call.responds(200, response("completed", IMAGE, NO_ERROR + toolUsage));

        Usage usage = generate().usage();

        assertThat(usage.inputTokens()).isNull();
        assertThat(usage.outputTokens()).isNull();
        assertThat(usage.units()).containsOnlyKeys(Usage.TEXT_INPUT_TOKENS, Usage.TEXT_OUTPUT_TOKENS);
    }

    private ResponseImage generate() {
        return new OpenAi().generate(REQUEST, call).await().indefinitely();
    }

    private ImageFailure failure() {
        return catchThrowableOfType(ImageFailure.class, this::generate);
    }
}
