package com.kt.event.content.bench.lab;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small valid PNG without metadata, which would be removed, padded to a size. */
public final class PngImage {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    /** 16 x 16, 8 bits, RGB. */
    private static final byte[] HEADER = {0, 0, 0, 16, 0, 0, 0, 16, 8, 2, 0, 0, 0};
    private static final int ROW = 1 + 16 * 3;
    private static final int CHUNK = 12;

    private PngImage() {
    }

    /**
     * The smallest image if it is larger than the size. The padding is a frame of an animation, which the image is not: decoders
     * skip it.
     */
    public static byte[] ofSize(int bytes) {
        byte[] smallest = image(new byte[0]);
        return bytes < smallest.length + CHUNK
                ? smallest
                : image(chunk("fdAT", padding(bytes - smallest.length - CHUNK)));
    }

    /** A square image of colours that change slowly, with the noise of a photograph: about two bytes per pixel. */
    public static byte[] photograph(int side) {
        byte[] rows = new byte[side * (1 + 3 * side)];
        int state = 1;
        for (int y = 0, at = 0; y < side; y++) {
            at++;
            for (int x = 0; x < 3 * side; x++) {
                state = state * 1_103_515_245 + 12_345;
                rows[at++] = (byte) (128 + 96 * Math.sin((x / 3 + y) * (1 + x % 3) / 300.0) + (state >>> 28));
            }
        }
        return png(ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[]{8, 2, 0, 0, 0}).array(),
                new byte[0], rows);
    }

    private static byte[] image(byte[] padding) {
        return png(HEADER, padding, new byte[16 * ROW]);
    }

    private static byte[] png(byte[] header, byte[] padding, byte[] rows) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        png.writeBytes(chunk("IHDR", header));
        png.writeBytes(padding);
        png.writeBytes(chunk("IDAT", deflate(rows)));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    /** Not compressible by accident: a proxy or a file system must not make it smaller. */
    private static byte[] padding(int bytes) {
        byte[] padding = new byte[bytes];
        int state = 1;
        for (int i = 0; i < bytes; i++) {
            state = state * 1_103_515_245 + 12_345;
            padding[i] = (byte) (state >> 16);
        }
        return padding;
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(CHUNK + data.length).putInt(data.length).put(name).put(data)
                .putInt((int) crc.getValue()).array();
    }

    private static byte[] deflate(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] compressed = new byte[rows.length + 1024];
        int size = deflater.deflate(compressed);
        deflater.end();
        return Arrays.copyOf(compressed, size);
    }
}
