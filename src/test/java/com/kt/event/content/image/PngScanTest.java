package com.kt.event.content.image;

import static com.kt.event.content.image.PngChunks.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngScanTest {
    private static final byte[] SIGNATURE = new byte[8];
    private static final byte[] HEADER = chunk("IHDR",
            ByteBuffer.allocate(13).putInt(40).putInt(30).putInt(0x08020000).array());
    private static final byte[] DATA = chunk("IDAT", new byte[]{1, 2, 3});
    private static final byte[] FRAME_DATA = chunk("fdAT", new byte[5]);
    private static final byte[] END = chunk("IEND", new byte[0]);

    @Test
    void readsTheSizeFromTheHeader() throws BrokenImageException {
        assertThat(scan(SIGNATURE, HEADER, DATA, END)).isEqualTo(new ImageSize(40, 30));
        assertThat(scan(SIGNATURE, HEADER, DATA, DATA, END, new byte[5])).isEqualTo(new ImageSize(40, 30));
    }

    @Test
    void needsTheHeaderFirstAndWhole() {
        assertBroken("a PNG without a header", SIGNATURE, DATA, HEADER, END);
        assertBroken("a PNG without a header", SIGNATURE, chunk("IHDR", new byte[12]), DATA, END);
        assertBroken("a PNG without a header", SIGNATURE, chunk("JHDR", new byte[13]), DATA, END);
    }

    @Test
    void needsData() {
        assertBroken("a PNG without image data", SIGNATURE, HEADER, END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IDAT", "PLTE", "IEND"})
    void rejectsDamageInACriticalChunk(String type) {
        byte[] chunk = chunk(type, new byte[]{1, 2, 3});
        for (int i = 4; i < chunk.length; i++) {
            byte[] damaged = chunk.clone();
            damaged[i] ^= 1;
            assertBroken("a damaged PNG", SIGNATURE, HEADER, DATA, damaged, END);
        }
    }

    /** A second one of another size is what some decoders read. */
    @Test
    void rejectsASecondHeader() {
        assertBroken("a PNG with two headers", SIGNATURE, HEADER, HEADER, DATA, END);
    }

    /** The specification demands it. */
    @Test
    void rejectsACriticalChunkThatItDoesNotKnow() {
        assertBroken("a PNG with an unknown critical chunk", SIGNATURE, HEADER, chunk("PRMT", new byte[3]), DATA, END);
    }

    @Test
    void needsDataThatIsNotEmpty() {
        assertBroken("a PNG without image data", SIGNATURE, HEADER, chunk("IDAT", new byte[0]), END);
    }

    // --- animations

    @Test
    void readsAnAnimation() throws BrokenImageException {
        assertThat(scan(SIGNATURE, HEADER, frame(40, 30, 0, 0), DATA, frame(1, 1, 39, 29), FRAME_DATA, END))
                .isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000, 0, 0", "41, 30, 0, 0", "40, 31, 0, 0", "1, 1, 40, 0", "1, 1, 0, 30", "0, 1, 0, 0",
            "1, 0, 0, 0", "-1, 1, 0, 0", "1, -1, 0, 0", "1, 1, -1, 0", "1, 1, 0, -1", "2147483647, 1, 2147483647, 0"})
    void rejectsAFrameOutsideTheImage(int width, int height, int x, int y) {
        assertBroken("a PNG with a frame outside the image", SIGNATURE, HEADER, DATA, frame(width, height, x, y),
                FRAME_DATA, END);
    }

    @Test
    void rejectsAFrameWithoutData() {
        byte[] frame = frame(40, 30, 0, 0);
        byte[] empty = chunk("fdAT", new byte[4]);

        assertBroken("a PNG with a frame without data", SIGNATURE, HEADER, DATA, frame, END);
        assertBroken("a PNG with a frame without data", SIGNATURE, HEADER, DATA, frame, empty, END);
        assertBroken("a PNG with a frame without data", SIGNATURE, HEADER, DATA, frame, frame, FRAME_DATA, END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acTL", "fcTL", "fdAT"})
    void rejectsDamageInAnAnimation(String type) {
        byte[] damaged = chunk(type, new byte[26]);
        damaged[9] ^= 1;

        assertBroken("a damaged PNG", SIGNATURE, HEADER, DATA, damaged, END);
    }

    private static byte[] frame(int width, int height, int x, int y) {
        return chunk("fcTL",
                ByteBuffer.allocate(26).putInt(0).putInt(width).putInt(height).putInt(x).putInt(y).array());
    }

    // --- damage

    @Test
    void toleratesDamageInAnAncillaryChunk() throws BrokenImageException {
        byte[] damaged = chunk("tEXt", new byte[]{1, 2, 3});
        damaged[9] ^= 1;

        assertThat(scan(SIGNATURE, HEADER, damaged, DATA, END)).isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 4, Integer.MAX_VALUE})
    void rejectsALengthThatTheImageDoesNotHave(int length) {
        byte[] chunk = chunk("tEXt", new byte[3]);

        assertBroken("an incomplete PNG", SIGNATURE, HEADER, ByteBuffer.wrap(chunk).putInt(length).array());
        assertThatThrownBy(() -> scan(SIGNATURE, HEADER, chunk("tEXt", new byte[3])))
                .isInstanceOf(BufferUnderflowException.class);
    }

    private static void assertBroken(String message, byte[]... parts) {
        assertThatThrownBy(() -> scan(parts)).isInstanceOf(BrokenImageException.class).hasMessageContaining(message);
    }

    private static ImageSize scan(byte[]... parts) throws BrokenImageException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            png.writeBytes(part);
        }
        return PngScan.of(ByteBuffer.wrap(png.toByteArray())).size().orElseThrow();
    }
}
