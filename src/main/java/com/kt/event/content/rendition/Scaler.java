package com.kt.event.content.rendition;

import java.util.Arrays;

/**
 * Scales an image while its rows arrive, in linear light. It keeps the rows of the source that contribute to the next row of
 * the target, scaled to the target's width. What is transparent becomes white, as on a web page.
 */
final class Scaler implements RowSink {
    private static final int CHANNELS = 3;
    private static final int OPAQUE = 255;

    private final Taps columns;
    private final Taps rows;
    private final Pixels target;
    /** The rows that are kept; row y is at y modulo their number. */
    private final float[][] kept;
    private final float[] light;
    private final float[] sum;
    private int next;

    /**
     * @param part what is drawn of the source
     * @param width of the target, in pixels
     * @param height as width
     */
    Scaler(Kernel kernel, int sourceWidth, int sourceHeight, Part part, int width, int height) {
        this.columns = Taps.of(kernel, sourceWidth, part.x(), part.width(), width);
        this.rows = Taps.of(kernel, sourceHeight, part.y(), part.height(), height);
        this.target = new Pixels(width, height);
        this.kept = new float[rows.most()][width * CHANNELS];
        this.light = new float[sourceWidth * CHANNELS];
        this.sum = new float[width * CHANNELS];
    }

    /** A rectangle of an image, in pixels. */
    record Part(double x, double y, double width, double height) {
        Part transposed() {
            return new Part(y, x, height, width);
        }
    }

    static Pixels scale(Kernel kernel, Pixels image, Part part, int width, int height) {
        Scaler scaler = new Scaler(kernel, image.width(), image.height(), part, width, height);
        image.sendTo((y, rgb) -> scaler.opaqueRow(y, rgb));
        return scaler.target;
    }

    /** The target, once all rows have arrived. */
    Pixels pixels() {
        return target;
    }

    @Override
    public void row(int y, int[] argb) {
        for (int x = 0; x < light.length / CHANNELS; x++) {
            int pixel = argb[x];
            if (pixel >>> 24 != OPAQUE) {
                argb[x] = onWhite(pixel);
            }
        }
        opaqueRow(y, argb);
    }

    /** Blended as a browser does it: in sRGB. */
    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        int red = onWhite(argb >> 16 & 0xff, alpha);
        int green = onWhite(argb >> 8 & 0xff, alpha);
        return red << 16 | green << 8 | onWhite(argb & 0xff, alpha);
    }

    private static int onWhite(int value, int alpha) {
        return (value * alpha + OPAQUE * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE;
    }

    private void opaqueRow(int y, int[] rgb) {
        next = y == 0 ? 0 : next;
        if (next == target.height() || y < rows.first()[next]) {
            return;
        }
        for (int x = 0, at = 0; at < light.length; x++) {
            light[at++] = LinearLight.of(rgb[x] >> 16);
            light[at++] = LinearLight.of(rgb[x] >> 8);
            light[at++] = LinearLight.of(rgb[x]);
        }
        scaleColumns(kept[y % kept.length]);
        while (next < target.height() && rows.last(next) <= y) {
            writeRow(next++);
        }
    }

    private void scaleColumns(float[] scaled) {
        for (int x = 0, to = 0; x < target.width(); x++) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int from = columns.first()[x] * CHANNELS;
            for (float weight : columns.weights()[x]) {
                red += weight * light[from++];
                green += weight * light[from++];
                blue += weight * light[from++];
            }
            scaled[to++] = red;
            scaled[to++] = green;
            scaled[to++] = blue;
        }
    }

    private void writeRow(int y) {
        Arrays.fill(sum, 0);
        float[] weights = rows.weights()[y];
        for (int i = 0; i < weights.length; i++) {
            float weight = weights[i];
            float[] row = kept[(rows.first()[y] + i) % kept.length];
            for (int at = 0; at < sum.length; at++) {
                sum[at] += weight * row[at];
            }
        }
        for (int x = 0, at = 0, to = y * target.width(); x < target.width(); x++, at += CHANNELS) {
            target.rgb()[to++] = LinearLight.value(sum[at]) << 16 | LinearLight.value(sum[at + 1]) << 8
                    | LinearLight.value(sum[at + 2]);
        }
    }
}
