package com.kt.event.content.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The size that a chunk of a WebP states: RFC 9649, section 2.7.1.1, RFC 6386, section 9.1, and RFC 9649, section 3.4. */
final class WebpSize {
    private static final int LOSSY_START_CODE = 0x2a019d;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int LOSSLESS_SIDE_BITS = 14;

    private WebpSize() {
    }

    /** Empty if a chunk of this type does not hold the size. */
    static Optional<ImageSize> of(String type, ByteBuffer chunk) throws BrokenImageException {
        ByteBuffer data = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case "VP8X" -> Optional.of(ofCanvas(data, 4));
            case "VP8L" -> Optional.of(ofLossless(data));
            case "VP8 " -> Optional.of(ofLossy(data));
            default -> Optional.empty();
        };
    }

    /** Two sides, each less one, in three bytes each. */
    static ImageSize ofCanvas(ByteBuffer data, int at) {
        return new ImageSize(threeBytes(data, at) + 1, threeBytes(data, at + 3) + 1);
    }

    static int threeBytes(ByteBuffer data, int at) {
        return data.getShort(at) & 0xffff | (data.get(at + Short.BYTES) & 0xff) << Short.SIZE;
    }

    private static ImageSize ofLossless(ByteBuffer data) throws BrokenImageException {
        check(data.get(0) == LOSSLESS_SIGNATURE);
        int mask = (1 << LOSSLESS_SIDE_BITS) - 1;
        int bits = data.getInt(1);
        return new ImageSize((bits & mask) + 1, (bits >>> LOSSLESS_SIDE_BITS & mask) + 1);
    }

    private static ImageSize ofLossy(ByteBuffer data) throws BrokenImageException {
        check(threeBytes(data, 3) == LOSSY_START_CODE);
        return new ImageSize(data.getShort(6) & 0x3fff, data.getShort(8) & 0x3fff);
    }

    private static void check(boolean holds) throws BrokenImageException {
        if (!holds) {
            throw new BrokenImageException("a damaged WebP");
        }
    }
}
