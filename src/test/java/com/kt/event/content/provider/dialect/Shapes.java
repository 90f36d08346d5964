package com.kt.event.content.provider.dialect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.image.PngChunks;
import com.kt.event.content.recommendation.Style;

/** Responses and images that any image API may send, good and bad. */
public final class Shapes {
    private static final byte[] PNG = ImageApiStub.png(Style.FANCY);
    private static final int AFTER_HEADER = 33;
    private static final int DRIPS = 10;

    private Shapes() {
    }

    static byte[] png() {
        return PNG.clone();
    }

    static byte[] truncatedPng() {
        return Arrays.copyOf(PNG, PNG.length - 30);
    }

    /** A valid image of 64 by 64 pixels, with a chunk of random bytes that viewers skip. */
    static byte[] pngOf(int bytes) {
        byte[] noise = new byte[bytes - PNG.length - 12];
        new Random(1).nextBytes(noise);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(PNG, 0, AFTER_HEADER);
        png.writeBytes(PngChunks.chunk("caBX", noise));
        png.write(PNG, AFTER_HEADER, PNG.length - AFTER_HEADER);
        return png.toByteArray();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Single quotes stand for double ones. */
    static ResponseDefinitionBuilder json(String json) {
        return json(200, json);
    }

    static ResponseDefinitionBuilder json(int status, String json) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json")
                .withBody(json.replace('\'', '"'));
    }

    /** A gateway's page with a status that says nothing. */
    static ResponseDefinitionBuilder html() {
        return aResponse().withHeader("Content-Type", "text/html").withBody("<html><body>Please sign in</body></html>");
    }

    /** A header that is wrong does not matter. */
    static ResponseDefinitionBuilder wrongContentType(String json) {
        return aResponse().withHeader("Content-Type", "text/plain; charset=utf-7").withBody(json.replace('\'', '"'));
    }

    static ResponseDefinitionBuilder slowDrip(String json) {
        return json(json).withChunkedDribbleDelay(DRIPS, 500);
    }

    /** The beginning of JSON. */
    static ResponseDefinitionBuilder truncated(String json) {
        return json(json.substring(0, json.length() / 2));
    }

    static ResponseDefinitionBuilder cut() {
        return aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
    }
}
