package com.kt.event.content.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Scans a PNG from chunk to chunk to its end, without decompressing it: W3C PNG, section 5. Like decoders it tolerates
 * damage in ancillary chunks and bytes after the end.
 */
final class PngScan {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int TYPE = 4;
    /** The bit that makes the first letter of an ancillary chunk's type a lower-case one. */
    private static final int ANCILLARY = 0x20;

    private PngScan() {
    }

    /** @throws java.nio.BufferUnderflowException if it is incomplete */
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
            throw new BrokenImageException("a PNG without image data");
        }
        return size;
    }

    /** Reads a chunk and checks its CRC. Leaves the buffer behind the chunk. */
    private static String checkedType(ByteBuffer png, int length) throws BrokenImageException {
        byte[] type = new byte[TYPE];
        png.get(type);
        if (length < 0 || length > png.remaining() - Integer.BYTES) {
            throw new BrokenImageException("an incomplete PNG");
        }
        int end = png.position() + length;
        if ((type[0] & ANCILLARY) == 0) {
            CRC32 crc = new CRC32();
            crc.update(png.slice(png.position() - TYPE, TYPE + length));
            if ((int) crc.getValue() != png.getInt(end)) {
                throw new BrokenImageException("a damaged PNG");
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
