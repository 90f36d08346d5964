package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
    private static final byte[] IMAGE = "image".repeat(10_000).getBytes();
    private static final long LIMIT = IMAGE.length;

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "identity", "Identity", "gzip", "x-gzip"})
    void leavesAloneWhatIsNotCompressed(String coding) throws IOException {
        assertThat(ContentCoding.undo(coding, body(IMAGE), LIMIT).bytes()).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", " x-gzip "})
    void undoesGzip(String coding) throws IOException {
        assertThat(ContentCoding.undo(coding, body(gzip(IMAGE)), LIMIT).bytes()).isEqualTo(IMAGE);
    }

    @Test
    void undoesDeflateWithAHeaderAndWithout() throws IOException {
        assertThat(ContentCoding.undo("deflate", body(deflate(false)), LIMIT).bytes()).isEqualTo(IMAGE);
        assertThat(ContentCoding.undo("deflate", body(deflate(true)), LIMIT).bytes()).isEqualTo(IMAGE);
    }

    @Test
    void countsWhatComesOut() throws IOException {
        byte[] bomb = gzip(new byte[100_000_000]);

        assertThatThrownBy(() -> ContentCoding.undo("gzip", body(bomb), LIMIT)).isInstanceOf(ImageFailure.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void failsWhereItBreaksOff() throws IOException {
        byte[] gzip = gzip(IMAGE);

        assertThatThrownBy(() -> ContentCoding.undo("gzip", body(Arrays.copyOf(gzip, gzip.length / 2)), LIMIT))
                .isInstanceOf(IOException.class);
    }

    @Test
    void failsWhereAnythingButTheChecksumIsMissing() throws IOException {
        byte[] gzip = gzip(IMAGE);

        assertThat(ContentCoding.undo("gzip", body(Arrays.copyOf(gzip, gzip.length - 8)), LIMIT).bytes())
                .isEqualTo(IMAGE);
        assertThatThrownBy(() -> ContentCoding.undo("gzip", body(Arrays.copyOf(gzip, gzip.length - 9)), LIMIT))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "x", "none", "utf-8", "UTF-8", "binary", "base64", "aws-chunked",
            "deflate", ",", "identity, identity", "gzip, gzip"})
    void leavesAloneWhatIsNoCodingThatItKnows(String coding) throws IOException {
        assertThat(ContentCoding.undo(coding, body(IMAGE), LIMIT).bytes()).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, identity", "identity,gzip", "aws-chunked,gzip", "gzip, aws-chunked", "gzip,gzip"})
    void undoesAListOfCodings(String codings) throws IOException {
        assertThat(ContentCoding.undo(codings, body(gzip(IMAGE)), LIMIT).bytes()).isEqualTo(IMAGE);
    }

    @Test
    void undoesWhatWasCompressedTwice() throws IOException {
        assertThat(ContentCoding.undo("gzip, gzip", body(gzip(gzip(IMAGE))), LIMIT).bytes()).isEqualTo(IMAGE);
        assertThat(ContentCoding.undo("deflate, gzip", body(gzip(deflate(false))), LIMIT).bytes())
                .isEqualTo(IMAGE);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static byte[] deflate(boolean bare) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(compressed,
                new Deflater(Deflater.DEFAULT_COMPRESSION, bare))) {
            deflate.write(IMAGE);
        }
        return compressed.toByteArray();
    }

    private static ResponseBody body(byte[] bytes) {
        ResponseBody body = new ResponseBody();
        body.add(bytes, bytes.length);
        return body;
    }
}
