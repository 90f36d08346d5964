package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
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
        assertThat(undo(coding, IMAGE)).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", " x-gzip "})
    void undoesGzip(String coding) throws IOException {
        assertThat(undo(coding, gzip(IMAGE))).isEqualTo(IMAGE);
    }

    @Test
    void undoesDeflateWithAHeaderAndWithout() throws IOException {
        assertThat(undo("deflate", deflate(false))).isEqualTo(IMAGE);
        assertThat(undo("deflate", deflate(true))).isEqualTo(IMAGE);
    }

    @Test
    void countsWhatComesOut() throws IOException {
        byte[] bomb = gzip(new byte[100_000_000]);

        assertThatThrownBy(() -> undo("gzip", bomb)).isInstanceOf(ImageFailure.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void failsWhereItBreaksOff() throws IOException {
        byte[] gzip = gzip(IMAGE);

        assertThatThrownBy(() -> undo("gzip", Arrays.copyOf(gzip, gzip.length / 2)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void failsWhereAnythingButTheChecksumIsMissing() throws IOException {
        byte[] gzip = gzip(IMAGE);

        assertThat(undo("gzip", Arrays.copyOf(gzip, gzip.length - 8)))
                .isEqualTo(IMAGE);
        assertThatThrownBy(() -> undo("gzip", Arrays.copyOf(gzip, gzip.length - 9)))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "x", "none", "utf-8", "UTF-8", "binary", "base64", "aws-chunked",
            "deflate", ",", "identity, identity", "gzip, gzip"})
    void leavesAloneWhatIsNoCodingThatItKnows(String coding) throws IOException {
        assertThat(undo(coding, IMAGE)).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, identity", "identity,gzip", "aws-chunked,gzip", "gzip, aws-chunked", "gzip,gzip"})
    void undoesAListOfCodings(String codings) throws IOException {
        assertThat(undo(codings, gzip(IMAGE))).isEqualTo(IMAGE);
    }

    @Test
    void undoesWhatWasCompressedTwice() throws IOException {
        assertThat(undo("gzip, gzip", gzip(gzip(IMAGE)))).isEqualTo(IMAGE);
        assertThat(undo("deflate, gzip", gzip(deflate(false))))
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

    private static byte[] undo(String coding, byte[] body) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ContentCoding.undo(coding, () -> new ByteArrayInputStream(body), LIMIT,
                (bytes, count) -> content.write(bytes, 0, count));
        return content.toByteArray();
    }
}
