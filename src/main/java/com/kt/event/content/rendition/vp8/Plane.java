package com.kt.event.content.rendition.vp8;

/**
 * A plane of two rows of macroblocks: the one that is decoded, and the one above it, whose last lines change when the edge
 * between them is filtered. Pixels are predicted from those that have not been filtered.
 */
final class Plane {
    private static final int ABOVE_IMAGE = 127;
    private static final int BESIDE_IMAGE = 129;

    /** The side of a macroblock, in pixels. */
    final int side;
    final int stride;
    /** The lines of the row above, then those of the row that is decoded. */
    final byte[] pixels;
    /** The last line of the row above, before it was filtered. Null in the first row. */
    private byte[] above;

    Plane(int side, int columns) {
        this.side = side;
        this.stride = side * columns;
        this.pixels = new byte[2 * side * stride];
    }

    boolean isFirstRow() {
        return above == null;
    }

    /** @param y from -1, relative to the row that is decoded */
    int get(int x, int y) {
        if (y < 0 && above == null) {
            return ABOVE_IMAGE;
        }
        if (x < 0) {
            return BESIDE_IMAGE;
        }
        return (y < 0 ? above[Math.min(x, stride - 1)] : pixels[(side + y) * stride + x]) & 0xff;
    }

    void set(int x, int y, int value) {
        pixels[(side + y) * stride + x] = (byte) clamped(value);
    }

    static int clamped(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }

    /** The row is decoded and not filtered yet. */
    void keepLastLine() {
        above = above == null ? new byte[stride] : above;
        System.arraycopy(pixels, (2 * side - 1) * stride, above, 0, stride);
    }

    void nextRow() {
        System.arraycopy(pixels, side * stride, pixels, 0, side * stride);
    }
}
