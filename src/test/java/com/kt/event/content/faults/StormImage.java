package com.kt.event.content.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A valid PNG whose pixels name its call, so that no two are alike. It has no metadata, which would be removed. */
final class StormImage {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final int SIDE = 64;

    private StormImage() {
    }

    /** @param padding additional bytes */
    static byte[] of(String draft, String style, int number, int padding) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // Greyscale, eight bits per pixel.
        chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 8).array());
        chunk(png, "IDAT", deflated(pixels(draft + " " + style + " " + number)));
        if (padding > 0) {
            // A frame of an animation, which this image is not: decoders skip it.
            chunk(png, "fdAT", new byte[padding]);
        }
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each row begins with the number of its filter, which is none. */
    private static byte[] pixels(String name) {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] rows = new byte[SIDE * (SIDE + 1)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % (SIDE + 1) == 0 ? 0 : text[i % text.length];
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] buffer = new byte[bytes.length + 64];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
