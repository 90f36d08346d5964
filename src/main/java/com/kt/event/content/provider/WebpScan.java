package com.kt.event.content.provider;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Scans a WebP from chunk to chunk to its end, without decoding it: RFC 9649, sections 2.3 to 2.7. */
final class WebpScan {
    private static final int RIFF_HEADER = 8;
    private static final int FORM_TYPE = 4;
    private static final int LOSSY_START_CODE = 0x2a019d;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int LOSSLESS_SIDE_BITS = 14;
    private static final int THREE_BYTES = 0xffffff;

    private WebpScan() {
    }

    /** @throws BufferUnderflowException if it is incomplete */
    static ImageSize of(ByteBuffer webp) throws BrokenImageException {
        webp.order(ByteOrder.LITTLE_ENDIAN);
        long end = RIFF_HEADER + (webp.getInt(4) & 0xffffffffL);
        if (end > webp.limit() || end < RIFF_HEADER + FORM_TYPE) {
            throw new BufferUnderflowException();
        }
        webp.limit((int) end).position(RIFF_HEADER + FORM_TYPE);
        ImageSize size = null;
        boolean hasData = false;
        while (webp.remaining() >= 8) {
            String type = text(webp);
            long length = webp.getInt() & 0xffffffffL;
            if (length > webp.remaining()) {
                throw new BufferUnderflowException();
            }
            int next = (int) Math.min(webp.limit(), webp.position() + length + (length & 1));
            size = size == null ? size(type, webp) : size;
            hasData |= type.equals("VP8 ") || type.equals("VP8L") || type.equals("ANMF");
            webp.position(next);
        }
        if (size == null || !hasData) {
            throw new BrokenImageException("a WebP without image data");
        }
        return size;
    }

    private static String text(ByteBuffer webp) {
        byte[] text = new byte[4];
        webp.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Null if a chunk of this type does not hold the size. */
    private static ImageSize size(String type, ByteBuffer webp) throws BrokenImageException {
        int at = webp.position();
        switch (type) {
            case "VP8X" :
                return new ImageSize((webp.getInt(at + 4) & THREE_BYTES) + 1,
                        (webp.getInt(at + 6) >>> 8 & THREE_BYTES) + 1);
            case "VP8L" :
                int mask = (1 << LOSSLESS_SIDE_BITS) - 1;
                int bits = webp.getInt(at + 1);
                check(webp.get(at) == LOSSLESS_SIGNATURE);
                return new ImageSize((bits & mask) + 1, (bits >>> LOSSLESS_SIDE_BITS & mask) + 1);
            case "VP8 " :
                check((webp.getInt(at + 3) & THREE_BYTES) == LOSSY_START_CODE);
                return new ImageSize(webp.getShort(at + 6) & 0x3fff, webp.getShort(at + 8) & 0x3fff);
            default :
                return null;
        }
    }

    private static void check(boolean holds) throws BrokenImageException {
        if (!holds) {
            throw new BrokenImageException("a damaged WebP");
        }
    }
}
