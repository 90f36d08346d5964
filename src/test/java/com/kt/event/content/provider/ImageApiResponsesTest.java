package com.kt.event.content.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.image.SpoolTesting;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The forms in which providers and gateways respond with an image. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageApiResponsesTest extends ImageApiSuite {
    @ParameterizedTest
    @ValueSource(strings = {"'code': 'insufficient_quota'", "'code': 'rate_limit_exceeded'", "'type': 'server_error'"})
    void findsAnErrorInsideAGoodResponseBesideOtherFields(String error) {
        stub.answersEverything(aResponse().withBody(
                ("{'data': [{'b64_json': 'iVBORw0KGgo='}], 'error': {" + error + "}}").replace('\'', '"')));

        ImageFailure failure = catchThrowableOfType(ImageFailure.class, this::call);

        assertThat(failure.reason()).isEqualTo(ImageFailure.Reason.ERROR);
        assertThat(failure.billing()).isNotEqualTo(ImageFailure.Billing.POSSIBLE);
    }

    @Test
    void takesTheUrlWhenTheBytesAreEmpty() {
        stub.answersEverything(
                aResponse().withBody("{\"data\": [{\"b64_json\": \"\", \"url\": \"http://localhost/a.png\"}]}"));

        assertThat(call().bytes()).isNull();
        assertThat(call().address()).isEqualTo(HttpAddress.of("http://localhost/a.png"));
    }

    /** As gateways and libraries write it: without padding, in lines, in the other alphabet, escaped, as an address. */
    @ParameterizedTest
    @ValueSource(strings = {"b64_json: -_8", "b64_json: -_8=", "b64_json: \\u002b/8\\u003d", "b64_json: +\\/8=",
            "b64_json: +/\\r\\n8=\\n", "b64_json: data:image/png;base64,+/8=", "b64_json: data:;base64,+/8",
            "url: data:image/webp;base64,+/8=", "url: DATA:image/png;charset=x;base64,%2B/8%3D"})
    void takesBase64AsItIsWritten(String field) {
        String[] nameAndValue = field.split(": ");
        stub.answersEverything(aResponse()
                .withBody("{\"data\": [{\"" + nameAndValue[0] + "\": \"" + nameAndValue[1] + "\"}]}"));

        assertThat(SpoolTesting.bytes(call().bytes())).containsExactly(0xfb, 0xff);
    }

    @ParameterizedTest
    @CsvSource({"/images/1.png, /images/1.png", "1.png, /v1/images/1.png", "images/봄 소식.png#top,"
            + "/v1/images/images/%EB%B4%84%20%EC%86%8C%EC%8B%9D.png"})
    void parsesAUrlAsABrowserWould(String url, String target) {
        stub.answersEverything(aResponse().withBody("{\"data\": [{\"url\": \"" + url + "\"}]}"));

        assertThat(call().address().target()).isEqualTo(target);
    }

    @Test
    void takesTheLastImageIfDraftsPrecedeIt() {
        stub.answersEverything(
                aResponse().withBody("{\"data\": [{\"b64_json\": \"AAAA\"}, {\"b64_json\": \"+/8=\"}]}"));

        assertThat(SpoolTesting.bytes(call().bytes())).containsExactly(0xfb, 0xff);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip"})
    void decompressesAResponseWithoutHavingRequestedIt(String coding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE)).getBytes(StandardCharsets.UTF_8));
        }
        stub.answersEverything(aResponse().withHeader("Content-Encoding", coding).withBody(bytes.toByteArray()));

        assertThat(SpoolTesting.bytes(call().bytes())).isEqualTo(ImageApiStub.png(Style.SIMPLE));
        LoggedRequest request = stub.requests(Style.SIMPLE).get(0);
        assertThat(request.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(request.getHeader("User-Agent")).startsWith("content-service/");
    }

    /** All fields would have been kept, since any of them may explain a missing image. */
    @Test
    void rejectsTooManyParts() {
        String field = "\"k%d\":1,";
        StringBuilder fields = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            fields.append(String.format(field, i));
        }
        stub.answersEverything(aResponse().withBody(fields + "\"data\": [{\"b64_json\": \"+/8=\"}]}"));
        assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class).hasMessageContaining("cannot be read");

        stub.answersEverything(aResponse().withBody("{\"data\": [" + "{},".repeat(3_000_000) + "{}]}"));
        assertThatThrownBy(this::call).isInstanceOf(ImageFailure.class).hasMessageContaining("cannot be read");
    }

    @Test
    void takesAnImageLargerThanTheLimitOfTexts() {
        byte[] image = new byte[16 * 1024 * 1024];
        stub.answersEverything(aResponse().withBody(ImageApiStub.image(image)));

        assertThat(SpoolTesting.bytes(call().bytes())).hasSize(image.length);
    }
}
