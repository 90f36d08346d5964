package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.kt.event.content.provider.dialect.GeminiFixture.error;
import static com.kt.event.content.provider.dialect.GeminiFixture.quota;
import static com.kt.event.content.provider.dialect.GeminiFixture.reason;
import static com.kt.event.content.provider.dialect.GeminiFixture.retryInfo;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.StandIns;
import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ResponseImage;
import com.kt.event.content.provider.Usage;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(StandIns.class)
class GeminiTest extends DialectSuite {
    private static final GeminiFixture GEMINI = new GeminiFixture();

    @Test
    void sendsTheKeyInAHeaderAndTheSizeAsARatio() {
        GEMINI.draws(stub, Shapes.png());

        generate(GEMINI);

        LoggedRequest request = paid();
        assertThat(request.getHeader("x-goog-api-key")).isEqualTo("user:secret");
        assertThat(request.containsHeader("Authorization")).isFalse();
        assertThat(request.getUrl()).doesNotContain("key=");
    }

    @ParameterizedTest
    @CsvSource({"auto, 4:5, 1K", "16:9, 16:9, ''", "2K, '', 2K", "9:16@4K, 9:16, 4K"})
    void sendsAConfiguredSizeAsItIs(String size, String ratio, String resolution) {
        GEMINI.draws(stub, Shapes.png());

        calls.to(DialectCalls.provider("gemini", stub.url() + "/v1beta/", "k", GEMINI.model(), size, null, Map.of()))
                .generate(PROMPT);

        String config = "$.generationConfig.imageConfig";
        assertThat(value(config + ".aspectRatio", ratio)).isTrue();
        assertThat(value(config + ".imageSize", resolution)).isTrue();
    }

    private static boolean value(String path, String value) {
        String body = paid().getBodyAsString();
        return value.isEmpty()
                ? !matchingJsonPath(path).match(body).isExactMatch()
                : matchingJsonPath(path, com.github.tomakehurst.wiremock.client.WireMock.equalTo(value)).match(body)
                        .isExactMatch();
    }

    /** The final one has been seen with the flag of a thought. */
    @Test
    void takesTheLastOfSeveralImages() {
        byte[] draft = Shapes.pngOf(40_000);
        stub.answers(GEMINI.paidRequest(), Shapes.json(GeminiFixture.response(
                GeminiFixture.thought(draft) + ", {'text': 'Now brighter.'}, " + GeminiFixture.thought(Shapes.png()))));

        assertThat(image(GEMINI)).isEqualTo(Shapes.png());
    }

    @Test
    void reportsModelAndTokens() {
        GEMINI.draws(stub, Shapes.png());

        ResponseImage image = generate(GEMINI);

        assertThat(image.model()).isEqualTo("gemini-nano-banana-2.1-001");
        assertThat(image.usage()).isEqualTo(
                new Usage(58L, 1120L).withUnit(Usage.TEXT_OUTPUT_TOKENS, new BigDecimal(210)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "A_NEW_REASON"})
    void aBlockedPromptIsARefusal(String reason) {
        assertThat(outcome(GEMINI, GeminiFixture.blockedPrompt(reason))).isEqualTo(CallOutcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "PROHIBITED_CONTENT",
            "SAFETY", "RECITATION", "SPII", "BLOCKLIST"})
    void aWithheldImageIsARefusalAndIsNotKept(String reason) {
        String image = "'content': {'parts': [" + GeminiFixture.part(Shapes.png()) + "]}, ";
        for (String content : List.of("", "'content': {}, ", image)) {
            assertThat(outcome(GEMINI, GeminiFixture.finished(reason, content))).isEqualTo(CallOutcome.REFUSED);
        }
    }

    /** It talked instead. */
    @ParameterizedTest
    @ValueSource(strings = {"NO_IMAGE", "IMAGE_OTHER", "OTHER", "STOP", "A_NEW_REASON"})
    void anAnswerWithoutAnImageIsTriedOnceMore(String reason) {
        stub.answers(GEMINI.paidRequest(), GeminiFixture.finished(reason, "'content': {'parts': [{'text': 'No.'}]},"));

        assertThat(failure(GEMINI)).extracting(ImageFailure::billing, ImageFailure::reason)
                .containsExactly(ImageFailure.Billing.UNLIKELY, ImageFailure.Reason.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAX_TOKENS", "LANGUAGE", "MALFORMED_FUNCTION_CALL"})
    void aRequestThatCannotBeAnsweredIsABadOne(String reason) {
        assertThat(outcome(GEMINI, GeminiFixture.finished(reason, ""))).isEqualTo(CallOutcome.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"400, INVALID_ARGUMENT, API_KEY_INVALID, KEY", "403, PERMISSION_DENIED, X, ACCOUNT",
            "404, NOT_FOUND, X, MODEL", "400, FAILED_PRECONDITION, X, ACCOUNT"})
    void knowsTheFaultsThatAnOperatorMends(int code, String status, String reason, OperatorFault fault) {
        stub.answers(GEMINI.paidRequest(), error(code, status, reason(reason)));

        assertThat(failure(GEMINI)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"400, INVALID_ARGUMENT, BAD_REQUEST", "500, INTERNAL, UNKNOWN", "503, UNAVAILABLE, BUSY",
            "504, DEADLINE_EXCEEDED, UNKNOWN"})
    void knowsTheOtherErrors(int code, String status, CallOutcome outcome) {
        assertThat(outcome(GEMINI, error(code, status, ""))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"34s, 34000", "41.5s, 41500", "0s, 0"})
    void waitsAsLongAsTheRetryInfoSays(String delay, long millis) {
        stub.answers(GEMINI.paidRequest(), error(429, "RESOURCE_EXHAUSTED",
                quota("GenerateRequestsPerMinutePerProjectPerModel") + "," + retryInfo(delay)));

        ImageFailure failure = failure(GEMINI);

        assertThat(failure.outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(failure.retryAfter().orElseThrow()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aQuotaOfTheDayIsAMatterOfMoney() {
        stub.answers(GEMINI.paidRequest(), error(429, "RESOURCE_EXHAUSTED",
                quota("GenerateRequestsPerDayPerProjectPerModel") + "," + retryInfo("34s")));

        assertThat(failure(GEMINI)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(OperatorFault.MONEY));
    }
}
