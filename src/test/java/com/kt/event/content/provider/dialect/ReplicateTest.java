package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.kt.event.content.provider.dialect.ReplicateFixture.failed;
import static com.kt.event.content.provider.dialect.ReplicateFixture.prediction;
import static com.kt.event.content.provider.dialect.ReplicateFixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
class ReplicateTest extends DialectSuite {
    private static final ReplicateFixture REPLICATE = new ReplicateFixture();
    private static final String VERSION = "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b";
    private static final String LINK = "'https://replicate.delivery/a/out-0.png'";

    @Test
    void doesNotWaitForTheResponseAndRecordsTheId() {
        REPLICATE.respondsWith(stub, Shapes.json(succeeded(LINK)));
        DialectCalls.Call call = calls.to(provider(REPLICATE));

        ResponseImage image = call.generate(PROMPT);

        assertThat(call.ids()).containsExactly(ReplicateFixture.ID);
        assertThat(image.model()).isEqualTo(REPLICATE.model());
        assertThat(image.usage()).isEqualTo(Usage.UNKNOWN.withUnit(Usage.SECONDS, new BigDecimal("4.1")));
        assertThat(paid().containsHeader("Prefer")).isFalse();
        assertThat(paid().getHeader("Authorization")).isEqualTo("Bearer user:secret");
        assertThat(paid().getBodyAsString()).contains("\"aspect_ratio\":\"4:5\"").doesNotContain("version");
        assertThat(stub.gets()).allMatch(get -> get.getHeader("Authorization").equals("Bearer user:secret"));
    }

    /** Before anything else: without the record, no request for the outcome is sent. */
    @Test
    void recordsTheIdBeforeItAsksForTheOutcome() {
        REPLICATE.prepare(stub);
        DialectCalls.Call call = calls.to(provider(REPLICATE)).withoutRecord();

        assertThat(catchThrowableOfType(ImageFailure.class, () -> call.generate(PROMPT))).isNotNull();
        assertThat(stub.gets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION, "stability-ai/sdxl:" + VERSION})
    void asksForAVersionByItsDigest(String model) {
        stub.answers(post(urlEqualTo("/v1/predictions")), ReplicateFixture.created());
        stub.answers(REPLICATE.imageRequest(), Shapes.json(succeeded("[" + LINK + "]")));

        calls.to(DialectCalls.provider("replicate", stub.url() + "/v1/", "k", model, "1024x768", null, Map.of()))
                .generate(PROMPT);

        assertThat(paid().getBodyAsString()).contains("\"version\":\"" + VERSION + "\"").contains("\"width\":1024")
                .contains("\"height\":768").doesNotContain("aspect_ratio");
    }

    /** The prompt is written down as it was sent. */
    @Test
    void turnsTheRewritingOfPromptsOff() {
        stub.answers(post(urlEqualTo("/v1/models/ideogram-ai/ideogram-v3-turbo/predictions")),
                ReplicateFixture.created());
        stub.answers(REPLICATE.imageRequest(), Shapes.json(succeeded(LINK)));

        calls.to(DialectCalls.provider("replicate", stub.url(), "ideogram-ai/ideogram-v3-turbo", Map.of()))
                .generate(PROMPT);

        assertThat(paid().getBodyAsString()).contains("\"magic_prompt_option\":\"Off\"").contains("\"prompt\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {LINK, "[" + LINK + "]", "['https://replicate.delivery/draft.png', " + LINK + "]",
            "{'images': [" + LINK + "]}"})
    void takesTheLastLinkOfAnyOutput(String output) {
        REPLICATE.respondsWith(stub, Shapes.json(succeeded(output)));

        assertThat(generate(REPLICATE).address().target()).isEqualTo("/a/out-0.png");
    }

    @Test
    void asksUntilTheOutcomeIsKnown() {
        REPLICATE.prepare(stub);
        stub.answersInTurn(REPLICATE.imageRequest(), Shapes.json(prediction("starting", "null", "null")),
                Shapes.json(prediction("processing", "null", "null")), Shapes.json(succeeded(LINK)));

        assertThat(generate(REPLICATE).address()).isNotNull();
        assertThat(stub.gets()).hasSize(3);
        assertThat(stub.posts()).hasSize(1);
    }

    @Test
    void asksForTheOutcomeOfAnEarlierCall() {
        stub.answers(REPLICATE.imageRequest(), Shapes.json(succeeded(LINK)));

        assertThat(calls.to(provider(REPLICATE)).resume(ReplicateFixture.ID).address()).isNotNull();
        assertThat(stub.posts()).isEmpty();
    }

    /** It may have been billed, but there is nobody else to ask. */
    @Test
    void givesUpAPredictionThatIsGone() {
        DialectCalls.Call call = calls.to(provider(REPLICATE));

        ImageFailure failure = catchThrowableOfType(ImageFailure.class, () -> call.resume("unknown"));

        assertThat(failure).isInstanceOf(ImageFailure.Permanent.class);
        assertThat(failure.billing()).isEqualTo(ImageFailure.Billing.POSSIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NSFW content detected. Try running it again.", "The input was flagged as sensitive. (E005)",
                    "Prediction failed: E005", "Violates our content policy", "Blocked by the safety checker"})
    void knowsARefusalByItsText(String error) {
        REPLICATE.respondsWith(stub, Shapes.json(failed(error)));

        assertThat(failure(REPLICATE).outcome()).isEqualTo(CallOutcome.REFUSED);
    }

    @Test
    void takesASuccessWithAnEmptyOutputForARefusal() {
        REPLICATE.respondsWith(stub, Shapes.json(succeeded("[]")));

        assertThat(failure(REPLICATE).outcome()).isEqualTo(CallOutcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"failed, UNLIKELY", "aborted, NONE", "canceled, POSSIBLE"})
    void knowsWhatMayHaveBeenBilled(String status, ImageFailure.Billing billing) {
        REPLICATE.respondsWith(stub, Shapes.json(prediction(status, "null", "'CUDA out of memory'")));

        assertThat(failure(REPLICATE).billing()).isEqualTo(billing);
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthenticated, KEY", "402, Insufficient credit, MONEY", "404, Not found, MODEL",
            "422, Invalid version or not permitted, MODEL"})
    void knowsTheFaultsThatAnOperatorMends(int status, String detail, OperatorFault fault) {
        stub.answers(REPLICATE.paidRequest(), ReplicateFixture.error(status, detail, ""));

        assertThat(failure(REPLICATE)).isInstanceOfSatisfying(ImageFailure.Operator.class,
                operator -> assertThat(operator.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"422, width must be at most 1440, BAD_REQUEST", "500, Internal error, UNKNOWN", "503, Later, BUSY"})
    void knowsTheOtherErrors(int status, String detail, CallOutcome outcome) {
        assertThat(outcome(REPLICATE, ReplicateFixture.error(status, detail, ""))).isEqualTo(outcome);
    }

    @Test
    void waitsAsLongAsItSays() {
        stub.answers(REPLICATE.paidRequest(), ReplicateFixture.error(429, "Request was throttled. Your rate limit for"
                + " creating predictions is reduced. Your rate limit resets in ~9s.", ", 'retry_after': 9"));

        assertThat(failure(REPLICATE).retryAfter().orElseThrow()).hasSeconds(9);
    }

    @Test
    void sendsTheKeyToNoOtherAddress() {
        REPLICATE.prepare(stub);
        stub.answersInTurn(REPLICATE.imageRequest(), aResponse().withStatus(302).withHeader("Location", "/elsewhere"),
                Shapes.json(succeeded(LINK)));

        assertThat(generate(REPLICATE).address()).isNotNull();
        assertThat(stub.gets()).extracting(get -> get.getUrl()).containsOnly("/v1/predictions/" + ReplicateFixture.ID);
    }
}
