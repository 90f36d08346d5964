package com.kt.event.content.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Goes through a PNG to its end, without undoing its compression: W3C PNG, section 5. Like decoders it takes no offence at
 * damage to what is not part of the image, nor at what comes after its end.
 */
final class PngScan {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int TYPE = 4;
    /** The bit that makes the first letter of a chunk's type a small one. */
    private static final int ANCILLARY = 0x20;

    private PngScan() {
    }

    /** @throws java.nio.BufferUnderflowException if it ends too early */
    static ImageSize of(ByteBuffer png) throws BrokenImageException {
        png.position(SIGNATURE);
        ImageSize size = null;
        boolean hasData = false;
        while (true) {
            int length = png.getInt();
            png.mark();
            String type = checkedType(png, length);
            if (size == null) {
                size = size(png, type, length);
            }
            hasData |= type.equals("IDAT");
            if (type.equals("IEND")) {
                break;
            }
        }
        if (!hasData) {
            throw new BrokenImageException("a PNG without an image in it");
        }
        return size;
    }

    /** Leaves the buffer behind the chunk, and its mark at the chunk's type. */
    private static String checkedType(ByteBuffer png, int length) throws BrokenImageException {
        byte[] type = new byte[TYPE];
        png.get(type);
        if (length < 0 || length > png.remaining() - Integer.BYTES) {
            throw new BrokenImageException("a PNG that ends in the middle");
        }
        int end = png.position() + length;
        if ((type[0] & ANCILLARY) == 0) {
            CRC32 crc = new CRC32();
            crc.update(png.slice(png.position() - TYPE, TYPE + length));
            if ((int) crc.getValue() != png.getInt(end)) {
                throw new BrokenImageException("a PNG that is damaged");
            }
        }
        png.position(end + Integer.BYTES);
        return new String(type, StandardCharsets.ISO_8859_1);
    }

    private static ImageSize size(ByteBuffer png, String type, int length) throws BrokenImageException {
        if (!type.equals("IHDR") || length != HEADER) {
            throw new BrokenImageException("a PNG without a header");
        }
        int header = png.position() - Integer.BYTES - HEADER;
        return new ImageSize(png.getInt(header), png.getInt(header + Integer.BYTES));
    }
}
