package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The provider's support asks for the id of a request: it is in the one line about a failure, and kept with an image. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestIdTest extends DialectSuite {
    private static final DialectFixture OPENAI = new OpenAiFixture(false);

    static Stream<DialectFixture> inOneRequest() {
        return Stream.of(OPENAI, AzureOpenAiFixture.v1(), new StableDiffusionWebUiFixture(), new StabilityFixture());
    }

    @ParameterizedTest
    @MethodSource("inOneRequest")
    void aFailureAndAnImageHaveTheIdOfTheirRequest(DialectFixture dialect) {
        dialect.respondsWith(stub, aResponse().withStatus(503).withHeader("x-request-id", "req_1"));
        assertThat(failure(dialect)).hasMessageEndingWith("status 503, request req_1");

        dialect.respondsWith(stub, Shapes.json(dialect.withoutImage()).withHeader("x-request-id", "req_2"));
        assertThat(failure(dialect)).hasMessageEndingWith(", request req_2");

        dialect.respondsWith(stub, Shapes.json(dialect.image(stub, Shapes.truncatedPng()))
                .withHeader("x-request-id", "req_3"));
        assertThat(generate(dialect).requestId()).isEqualTo("req_3");
        assertThat(failure(dialect)).hasMessageContaining("unusable").hasMessageEndingWith(", request req_3");
    }

    @ParameterizedTest
    @CsvSource({"x-request-id", "X-Request-ID", "apim-request-id", "request-id"})
    void knowsTheHeaders(String header) {
        OPENAI.respondsWith(stub, aResponse().withStatus(500).withHeader(header, "a-1"));

        assertThat(failure(OPENAI)).hasMessageEndingWith(", request a-1");
    }

    @Test
    void knowsGeminisIdInTheBody() {
        GeminiFixture gemini = new GeminiFixture();
        stub.answers(gemini.paidRequest(),
                Shapes.json("{'promptFeedback': {'blockReason': 'OTHER'}, 'responseId': 'g1'}"));

        assertThat(failure(gemini)).hasMessageEndingWith(", request g1");
    }

    /** It may be asked for by the owner of the account, in the dashboard. */
    @Test
    void aPredictionIsItsOwnId() {
        ReplicateFixture replicate = new ReplicateFixture();
        replicate.respondsWith(stub, Shapes.json(ReplicateFixture.failed("CUDA out of memory"))
                .withHeader("x-request-id", "of-the-poll"));
        assertThat(failure(replicate)).hasMessageEndingWith("failed, request " + ReplicateFixture.ID);

        replicate.draws(stub, Shapes.png());
        assertThat(generate(replicate).requestId()).isEqualTo(ReplicateFixture.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "<script>", "", "-", "a\tb"})
    void ignoresWhatIsNoId(String id) {
        OPENAI.respondsWith(stub, aResponse().withStatus(500).withHeader("x-request-id", id));

        assertThat(failure(OPENAI)).hasMessageEndingWith("status 500");
    }

    @Test
    void ignoresALongId() {
        OPENAI.respondsWith(stub, aResponse().withStatus(500).withHeader("x-request-id", "a".repeat(1_000)));

        assertThat(failure(OPENAI)).hasMessageEndingWith("status 500");
    }
}
