package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {
    private static final byte[] PNG = bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR");
    private static final byte[] JPEG = bytes("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0");
    private static final byte[] WEBP = bytes("RIFF\u0024\0\0\0WEBPVP8 ");

    @Test
    void knowsAPngByItsBytes() {
        assertThat(ImageFormat.of(PNG)).contains(ImageFormat.PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0", "\u00ff\u00d8\u00ff\u00e1\0\u0010Exif\0",
            "\u00ff\u00d8\u00ff\u00db\0\u0043"})
    void knowsAJpegByItsBytes(String image) {
        assertThat(ImageFormat.of(bytes(image))).contains(ImageFormat.JPEG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF\u0024\0\0\0WEBPVP8 ", "RIFF\u00ff\u00ff\u00ff\u007fWEBPVP8L", "RIFF\0\0\0\0WEBPVP8X"})
    void knowsAWebpByItsBytes(String image) {
        assertThat(ImageFormat.of(bytes(image))).contains(ImageFormat.WEBP);
    }

    @Test
    void knowsAnSvgByItsBytes() {
        assertThat(ImageFormat.of(bytes("<svg xmlns=\"http://www.w3.org/2000/svg\">"))).contains(ImageFormat.SVG);
    }

    @Test
    void refusesNothingAtAll() {
        assertThat(ImageFormat.of(new byte[0])).isEmpty();
    }

    @Test
    void refusesAnImageThatBreaksOffWithinItsSignature() {
        assertNoBeginningIsAnImage(PNG, 8);
        assertNoBeginningIsAnImage(JPEG, 3);
        assertNoBeginningIsAnImage(WEBP, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
            "<html><body><svg xmlns=\"http://www.w3.org/2000/svg\"/></body></html>",
            "{\"error\": {\"code\": \"rate_limit_exceeded\"}}",
            "[\"\u0089PNG\"]"})
    void refusesPagesAndJson(String response) {
        assertThat(ImageFormat.of(bytes(response))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a\u0001\0\u0001\0", "BM\u0036\0\0\0\0\0\0\0", "II*\0\u0008\0\0\0",
            "RIFF\u0024\0\0\0WAVEfmt ",
            "%PDF-1.7\n", "iVBORw0KGgoAAAANSUhEUg"})
    void refusesWhatIsAnotherFormat(String response) {
        assertThat(ImageFormat.of(bytes(response))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0089PNG\n\u001a\n\0\0\0\rIHDR", "\u0009PNG\r\n\u001a\n\0\0\0\rIHDR"})
    void refusesAPngThatWasSentAsText(String response) {
        assertThat(ImageFormat.of(bytes(response))).isEmpty();
    }

    @Test
    void looksForASignatureAtTheBeginningOnly() {
        assertThat(ImageFormat.of(bytes(" \u00ff\u00d8\u00ff\u00e0"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PNG, png", "JPEG, jpg", "WEBP, webp", "SVG, svg"})
    void namesAFilesEndingWithoutADot(ImageFormat format, String extension) {
        assertThat(format.extension()).isEqualTo(extension);
    }

    private static void assertNoBeginningIsAnImage(byte[] image, int signatureLength) {
        for (int length = 0; length < signatureLength; length++) {
            assertThat(ImageFormat.of(Arrays.copyOf(image, length))).as("%d bytes", length).isEmpty();
        }
        assertThat(ImageFormat.of(Arrays.copyOf(image, signatureLength))).isPresent();
    }

    /** A byte for each character. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
