package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.StandIns;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Responses that no documentation shows. Each has one of the six outcomes, by its status if it has no other meaning. */
@QuarkusTest
@WithTestResource(StandIns.class)
class HostileShapesTest extends DialectSuite {
    private static final List<String> NO_OBJECTS = List.of("null", "true", "42", "'text'", "[]", "[[[]]]", "[null]");

    /** What each dialect looks for, with values of the wrong type. */
    private static final List<String> WRONG_TYPES = List.of("{}", "{'data': {}}", "{'data': 'x'}", "{'data': []}",
            "{'data': [null]}", "{'data': [{'b64_json': 5}]}", "{'data': [{'b64_json': '', 'url': ''}]}",
            "{'data': [{'b64_json': {'a': 1}, 'url': ['x']}]}", "{'candidates': {}}", "{'candidates': [null, 5, 'x']}",
            "{'candidates': [{'content': 'x', 'finishReason': 5}]}",
            "{'candidates': [{'content': {'parts': {'a': {}}}}]}",
            "{'candidates': [{'content': {'parts': [5, {'inlineData': 'x'}, {'inlineData': {'data': 5}}]}}]}",
            "{'images': {}}", "{'images': [5, null, [], {}]}", "{'images': [], 'info': {'a': 1}}", "{'image': 5}",
            "{'image': null, 'finish_reason': 5}", "{'artifacts': 'x', 'image': ['x']}", "{'usage': 'x'}",
            "{'error': null}", "{'error': true}", "{'error': 0}", "{'error': []}", "{'error': [[[{}]]]}",
            "{'error': {'code': {}, 'message': ['x'], 'type': 5}}", "{'promptFeedback': 'x'}", "{'usageMetadata': []}");

    static Stream<DialectFixture> inOneRequest() {
        return DialectShapesTest.inOneRequest();
    }

    static Stream<DialectFixture> all() {
        return DialectShapesTest.dialects();
    }

    @ParameterizedTest
    @MethodSource("inOneRequest")
    void aSuccessOfAnyFormIsNoImage(DialectFixture dialect) {
        Stream.concat(NO_OBJECTS.stream(), WRONG_TYPES.stream()).forEach(body -> {
            ImageFailure failure = failed(dialect, Shapes.json(body));

            assertThat(failure.outcome()).as(body).isIn(CallOutcome.UNKNOWN, CallOutcome.REFUSED);
            assertThat(failure.getMessage()).as(body).doesNotContain("Exception");
        });
    }

    @ParameterizedTest
    @MethodSource("inOneRequest")
    void aNestingOfAnyDepthIsNoImage(DialectFixture dialect) {
        for (String open : List.of("[", "{'data':[", "{'error':", "{'candidates':[{'content':", "{'images':[")) {
            ImageFailure failure = failed(dialect, Shapes.json(open.repeat(5_000)));

            assertThat(failure.outcome()).as(open).isEqualTo(CallOutcome.UNKNOWN);
            assertThat(failure.getMessage()).as(open).doesNotContain("Exception");
        }
    }

    /** A gateway's own errors, which have no JSON. */
    @ParameterizedTest
    @MethodSource("all")
    void theStatusOfAnErrorWithoutJsonCounts(DialectFixture dialect) {
        assertThat(failed(dialect, text(401, "Unauthorized")).outcome()).isEqualTo(CallOutcome.OPERATOR);
        assertThat(failed(dialect, text(429, "Too Many Requests")).outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(failed(dialect, text(503, "no healthy upstream")).outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(failed(dialect, text(400, "Bad Request")).outcome()).isEqualTo(CallOutcome.BAD_REQUEST);
        assertThat(failed(dialect, text(500, "Internal Server Error")).outcome()).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(failed(dialect, text(504, "")).outcome()).isEqualTo(CallOutcome.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("all")
    void numbersInErrorsMayBeTexts(DialectFixture dialect) {
        ImageFailure failure = failed(dialect,
                Shapes.json(429, "{'error': {'code': '429', 'message': 'Slow down.', 'retry_after': '9'}}"));

        assertThat(failure.outcome()).isEqualTo(CallOutcome.BUSY);
        assertThat(failure.retryAfter().orElseThrow()).hasSeconds(9);
    }

    @ParameterizedTest
    @MethodSource("all")
    void anErrorOfAnyFormHasTheMeaningOfItsStatus(DialectFixture dialect) {
        for (String body : Stream.concat(NO_OBJECTS.stream(), WRONG_TYPES.stream()).toList()) {
            assertThat(failed(dialect, Shapes.json(503, body)).outcome()).as(body).isEqualTo(CallOutcome.BUSY);
        }
        assertThat(failed(dialect, Shapes.json(503, "{'error':".repeat(5_000))).outcome()).isEqualTo(CallOutcome.BUSY);
    }

    /** It would be written to Redis, and asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "''", "'..'", "'../account'", "'two words'", "'봄'", "['x']", "LONG"})
    void whatIsNoIdIsNeitherRecordedNorAskedFor(String id) {
        String json = "{'id': " + id.replace("LONG", "'" + "x".repeat(3_000) + "'") + ", 'status': 'queued'}";
        for (DialectFixture dialect : List.of(new ReplicateFixture(), new OpenAiBackgroundFixture())) {
            stub.answers(dialect.paidRequest(), Shapes.json(json));
            DialectCalls.Call call = calls.to(provider(dialect));

            assertThat(catchThrowableOfType(ImageFailure.class, () -> call.generate(PROMPT)).outcome())
                    .isEqualTo(CallOutcome.UNKNOWN);
            assertThat(call.ids()).isEmpty();
        }
        assertThat(stub.gets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "''", "[null]", "[[]]", "{'a': {'b': null}}", "[5, {}]"})
    void aPredictionWithAnyOutputEnds(String output) {
        ReplicateFixture replicate = new ReplicateFixture();
        replicate.respondsWith(stub, Shapes.json(ReplicateFixture.succeeded(output)));

        assertThat(failure(replicate).getMessage()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{}", "[]", "[5, null, 'x']", "[{'type': 5}]",
            "[{'type': 'image_generation_call', 'result': 5}]",
            "[{'type': 'image_generation_call', 'result': null, 'error': 5}]"})
    void aResponseInTheBackgroundWithAnyOutputEnds(String output) {
        OpenAiBackgroundFixture background = new OpenAiBackgroundFixture();
        background.respondsWith(stub, Shapes.json("{'id': 'resp_1', 'status': 'completed', 'error': null, 'usage': 'x',"
                + " 'output': " + output + "}"));

        assertThat(failure(background).getMessage()).doesNotContain("Exception");
    }

    private ImageFailure failed(DialectFixture dialect, ResponseDefinitionBuilder response) {
        stub.reset();
        stub.answers(dialect.paidRequest(), response);
        ImageFailure failure = failure(dialect);
        assertThat(failure).isNotNull();
        assertThat(stub.posts()).hasSize(1);
        return failure;
    }

    private static ResponseDefinitionBuilder text(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "text/plain").withBody(body);
    }
}
