package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngScanTest {
    private static final byte[] SIGNATURE = new byte[8];
    private static final byte[] HEADER = chunk("IHDR",
            ByteBuffer.allocate(13).putInt(40).putInt(30).putInt(0x08020000).array());
    private static final byte[] DATA = chunk("IDAT", new byte[]{1, 2, 3});
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
        return PngScan.of(ByteBuffer.wrap(png.toByteArray()));
    }

    static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length).putInt(data.length).put(name).put(data)
                .putInt((int) crc.getValue()).array();
    }
}
