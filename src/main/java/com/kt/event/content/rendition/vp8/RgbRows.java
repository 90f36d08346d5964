package com.kt.event.content.rendition.vp8;

/**
 * Turns rows of macroblocks into rows of pixels: chroma is interpolated, and YUV converted to RGB, as libwebp does it. The last
 * line of a row of macroblocks waits for the chroma of the next one.
 */
final class RgbRows {
    private final int width;
    private final int height;
    private final Vp8Decoder.Rows target;
    private final int[] rgb;
    private final Line[] kept = new Line[3];
    private int next;

    /** A line of a plane. */
    private record Line(byte[] pixels, int start) {
        int get(int x) {
            return pixels[start + x] & 0xff;
        }
    }

    RgbRows(int width, int height, Vp8Decoder.Rows target) {
        this.width = width;
        this.height = height;
        this.target = target;
        this.rgb = new int[width];
    }

    /** @param first the index in the planes of the first line, in macroblocks: 0 for the row above, 1 for the last one */
    void send(int first, Plane y, Plane u, Plane v) {
        int chroma = first * u.side;
        if (kept[0] != null) {
            row(kept[0], kept[1], line(u, chroma), kept[2], line(v, chroma));
        }
        for (int i = 0; i < y.side - 1; i++) {
            int near = chroma + i / 2;
            int far = near + (i % 2 == 0 ? -1 : 1);
            boolean isKept = i == 0;
            Line farU = isKept ? kept[1] == null ? line(u, near) : kept[1] : line(u, far);
            Line farV = isKept ? kept[2] == null ? line(v, near) : kept[2] : line(v, far);
            row(line(y, first * y.side + i), line(u, near), farU, line(v, near), farV);
        }
        kept[0] = copy(y, first);
        kept[1] = copy(u, first);
        kept[2] = copy(v, first);
    }

    /** All rows of macroblocks have been sent. */
    void end() {
        row(kept[0], kept[1], kept[1], kept[2], kept[2]);
    }

    private static Line line(Plane plane, int y) {
        return new Line(plane.pixels, y * plane.stride);
    }

    private static Line copy(Plane plane, int first) {
        byte[] line = new byte[plane.stride];
        System.arraycopy(plane.pixels, ((first + 1) * plane.side - 1) * plane.stride, line, 0, line.length);
        return new Line(line, 0);
    }

    private void row(Line y, Line nearU, Line farU, Line nearV, Line farV) {
        if (next >= height) {
            return;
        }
        int last = (width + 1) / 2 - 1;
        for (int x = 0; x < width; x++) {
            int near = x / 2;
            int far = Math.max(0, Math.min(last, near + (x % 2 == 0 ? -1 : 1)));
            rgb[x] = rgb(y.get(x), interpolated(nearU, farU, near, far), interpolated(nearV, farV, near, far));
        }
        target.row(next++, rgb);
    }

    private static int interpolated(Line near, Line far, int x, int beside) {
        int here = near.get(x);
        int neighbours = near.get(beside) + far.get(x);
        int diagonal = here + far.get(beside) + 3 * neighbours + 8 >> 3;
        return diagonal + here >> 1;
    }

    private static int rgb(int y, int u, int v) {
        int luma = y * 19077 >> 8;
        int red = luma + (v * 26149 >> 8) - 14234;
        int green = luma - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708;
        int blue = luma + (u * 33050 >> 8) - 17685;
        return Plane.clamped(red >> 6) << 16 | Plane.clamped(green >> 6) << 8 | Plane.clamped(blue >> 6);
    }
}
