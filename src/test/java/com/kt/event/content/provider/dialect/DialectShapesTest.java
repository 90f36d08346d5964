package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.provider.CallOutcome;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageFailure;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** What any image API may send, from every kind of them. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(DialectShapesTest.NearImages.class)
class DialectShapesTest extends DialectSuite {
    /** The default limit of an image, in bytes. */
    private static final int LIMIT = 20 * 1024 * 1024;

    /** The stub serves images from a private address. */
    public static class NearImages implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.image-api.allow-private-addresses", "true",
                    "content.image-api.download-limit", "5s");
        }
    }

    static Stream<DialectFixture> dialects() {
        return Stream.of(new OpenAiFixture(false), new OpenAiFixture(true), new OpenAiBackgroundFixture(),
                AzureOpenAiFixture.v1(), AzureOpenAiFixture.deployments(), new GeminiFixture(),
                new StableDiffusionWebUiFixture(), new ReplicateFixture(), new StabilityFixture());
    }

    static Stream<DialectFixture> withLinks() {
        return Stream.of(new OpenAiFixture(true), new ReplicateFixture());
    }

    /** Those that do not ask again. */
    static Stream<DialectFixture> inOneRequest() {
        return dialects().filter(DialectShapesTest::isOneRequest);
    }

    static Stream<DialectFixture> polled() {
        return dialects().filter(dialect -> !isOneRequest(dialect));
    }

    private static boolean isOneRequest(DialectFixture dialect) {
        return dialect.paidRequest().build().getRequest().equals(dialect.imageRequest().build().getRequest());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void takesAnImageWithOnePaidRequest(DialectFixture dialect) {
        dialect.draws(stub, Shapes.png());

        assertThat(image(dialect)).isEqualTo(Shapes.png());
        assertThat(stub.posts()).hasSize(1);
        assertThat(paid().getHeader("User-Agent")).startsWith("content-service/");
    }

    /** As the portals and the documentation of the providers show them. */
    @ParameterizedTest
    @MethodSource("dialects")
    void takesAUrlWithASlashAtTheEnd(DialectFixture dialect) {
        dialect.draws(stub, Shapes.png());

        calls.to(DialectCalls.provider(dialect.type(), stub.url() + "/", dialect.model(), dialect.options()))
                .generate(PROMPT);

        assertThat(stub.posts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void takesAnImageJustBelowTheLimit(DialectFixture dialect) {
        byte[] image = Shapes.pngOf(LIMIT - 1024);
        dialect.draws(stub, image);

        assertThat(image(dialect)).isEqualTo(image);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void refusesAnImageAboveTheLimit(DialectFixture dialect) {
        dialect.draws(stub, Shapes.pngOf(LIMIT + 100 * 1024));

        assertThat(failure(dialect)).hasMessageContaining("large").extracting(ImageFailure::reason)
                .isEqualTo(ImageFailure.Reason.INVALID);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void refusesATruncatedImage(DialectFixture dialect) {
        dialect.draws(stub, Shapes.truncatedPng());

        assertThat(failure(dialect).reason()).isEqualTo(ImageFailure.Reason.INVALID);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void takesAnImageThatArrivesSlowly(DialectFixture dialect) {
        dialect.respondsWith(stub, Shapes.slowDrip(dialect.image(stub, Shapes.png())));

        assertThat(image(dialect)).isEqualTo(Shapes.png());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void ignoresTheContentType(DialectFixture dialect) {
        dialect.respondsWith(stub, Shapes.wrongContentType(dialect.image(stub, Shapes.png())));

        assertThat(image(dialect)).isEqualTo(Shapes.png());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void takesNoSuccessWithoutAnImageForOne(DialectFixture dialect) {
        dialect.respondsWith(stub, Shapes.json(dialect.withoutImage()));

        assertThat(failure(dialect).outcome()).isNotEqualTo(CallOutcome.IMAGE);
        assertThat(stub.posts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("inOneRequest")
    void doesNotKnowTheOutcomeOfAPageTruncatedJsonAndACut(DialectFixture dialect) {
        String image = dialect.image(stub, Shapes.png());

        assertThat(outcome(dialect, Shapes.html())).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(outcome(dialect, Shapes.truncated(image))).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(outcome(dialect, Shapes.cut())).isEqualTo(CallOutcome.UNKNOWN);
        assertThat(outcome(dialect, aResponse())).isEqualTo(CallOutcome.UNKNOWN);
    }

    /** The request for the outcome costs nothing. */
    @ParameterizedTest
    @MethodSource("polled")
    void asksAgainAfterAPageTruncatedJsonACutAndAnError(DialectFixture dialect) {
        String image = dialect.image(stub, Shapes.png());
        dialect.prepare(stub);
        stub.answersInTurn(dialect.imageRequest(), Shapes.html(), Shapes.truncated(image), Shapes.cut(),
                aResponse().withStatus(429), Shapes.json(image));

        assertThat(image(dialect)).isEqualTo(Shapes.png());
        assertThat(stub.posts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("withLinks")
    void followsARedirect(DialectFixture dialect) {
        String moved = stub.servesRedirectTo(Shapes.png());
        String image = dialect.image(stub, Shapes.png()).replaceAll("http://[^']*/delivered[^']*", moved);
        dialect.respondsWith(stub, Shapes.json(image));

        assertThat(image(dialect)).isEqualTo(Shapes.png());
    }
}
