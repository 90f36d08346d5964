package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.image.PngChunks;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** What becomes of the bytes that the image API sends. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ReceivedImageHttpTest extends HttpSuite {
    private static final byte[] PNG = ImageApiStub.png(Style.FANCY);
    private static final int AFTER_HEADER = 33;
    private static final byte[] TEXT = chunk("tEXt", "parameters\0a photo of Kim at home");

    static byte[][] broken() {
        byte[] damaged = PNG.clone();
        damaged[damaged.length - 20] ^= 1;
        byte[] bomb = ByteBuffer.allocate(13).putInt(50_000).putInt(50_000).putInt(0x08020000).array();
        byte[] empty = ByteBuffer.allocate(13).putInt(0x08020000).array();
        return new byte[][]{Arrays.copyOf(PNG, PNG.length - 1), damaged, withHeader(bomb), withHeader(empty)};
    }

    @ParameterizedTest
    @MethodSource("broken")
    void failsAStyleWhoseImageIsIncompleteDamagedTooLargeOrEmpty(byte[] image) {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, aResponse().withBody(ImageApiStub.image(image)));

        String job = completes();

        when().get("/api/content/images/jobs/" + job).then().body("styles[1].error.code", is("IMAGE_INVALID"));
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @Test
    void servesAnImageWithoutItsTexts() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, aResponse().withBody(ImageApiStub.image(insert(TEXT))));

        assertServed(completes(), PNG);
    }

    @Test
    void servesAnImageWithAManifestAsItCame() {
        recommend(FLAT);
        byte[] signed = insert(TEXT, chunk("caBX", "\0\0\0\u0020jumb c2pa"));
        imageApi.answers(Style.FANCY, aResponse().withBody(ImageApiStub.image(signed)));

        assertServed(completes(), signed);
    }

    private void assertServed(String job, byte[] image) {
        assertThat(when().get(link(job, Style.FANCY)).asByteArray()).isEqualTo(image);
        JsonPath gallery = when().get("/api/content/images/" + draft).jsonPath();
        assertThat(gallery.getInt("images.find { it.style == 'fancy' }.bytes")).isEqualTo(image.length);
        assertThat(gallery.getInt("images.find { it.style == 'fancy' }.width")).isEqualTo(64);
    }

    private static byte[] chunk(String type, String text) {
        return PngChunks.chunk(type, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] insert(byte[]... chunks) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(PNG, 0, AFTER_HEADER);
        Arrays.stream(chunks).forEach(png::writeBytes);
        png.write(PNG, AFTER_HEADER, PNG.length - AFTER_HEADER);
        return png.toByteArray();
    }

    private static byte[] withHeader(byte[] header) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(PNG, 0, 8);
        png.writeBytes(PngChunks.chunk("IHDR", header));
        png.write(PNG, AFTER_HEADER, PNG.length - AFTER_HEADER);
        return png.toByteArray();
    }
}
