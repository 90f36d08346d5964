package com.kt.event.content.rendition;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.RenditionSpec.Background;

/** Draws an image and what is beside it. */
final class Canvas {
    /** The blurred copy has a pixel for this many; details that are smaller disappear. */
    private static final int BLUR = 40;
    /** Bits of a colour value that colours of one kind share. */
    private static final int KIND = 0xf8f8f8;

    private Canvas() {
    }

    /** @param image at the size of the layout, or larger */
    static Pixels draw(Pixels image, Layout layout, Background background) {
        ImageSize size = new ImageSize(image.width(), image.height());
        Pixels scaled = size.equals(layout.image())
                ? image
                : Scaler.scale(Kernel.LANCZOS, image, Layout.whole(size), layout.image().width(),
                        layout.image().height());
        if (layout.isCovered()) {
            return scaled;
        }
        Pixels canvas = background == Background.BLUR ? blurred(scaled, layout.canvas()) : edges(scaled, layout);
        canvas.draw(scaled, layout.x(), layout.y());
        return canvas;
    }

    private static Pixels blurred(Pixels image, ImageSize canvas) {
        double scale = Math.min((double) image.width() / canvas.width(), (double) image.height() / canvas.height());
        Pixels few = Scaler.scale(Kernel.LANCZOS, image,
                Layout.centre(new ImageSize(image.width(), image.height()), canvas.width() * scale,
                        canvas.height() * scale),
                1 + canvas.width() / BLUR, 1 + canvas.height() / BLUR);
        return Scaler.scale(Kernel.SPLINE, few, Layout.whole(new ImageSize(few.width(), few.height())),
                canvas.width(), canvas.height());
    }

    /** Above and below the image the colour of its upper and lower edge, over the whole width. */
    private static Pixels edges(Pixels image, Layout layout) {
        Pixels canvas = new Pixels(layout.canvas().width(), layout.canvas().height());
        int last = image.width() - 1;
        int top = colour(image.width(), x -> image.rgb()[x]);
        int bottom = colour(image.width(), x -> image.rgb()[image.rgb().length - 1 - x]);
        int left = colour(image.height(), y -> image.rgb()[y * image.width()]);
        int right = colour(image.height(), y -> image.rgb()[y * image.width() + last]);
        for (int y = 0; y < canvas.height(); y++) {
            int start = y * canvas.width();
            int middle = start + canvas.width() / 2;
            int end = start + canvas.width();
            boolean isAbove = y < layout.y();
            boolean isBelow = y >= layout.y() + image.height();
            Arrays.fill(canvas.rgb(), start, middle, isAbove ? top : isBelow ? bottom : left);
            Arrays.fill(canvas.rgb(), middle, end, isAbove ? top : isBelow ? bottom : right);
        }
        return canvas;
    }

    /** The mean of the most frequent kind of colour, so that what the edge cuts does not tint it. */
    private static int colour(int count, IntUnaryOperator edge) {
        int[] kinds = new int[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = edge.applyAsInt(i) & KIND;
        }
        int kind = mostFrequent(kinds);
        float[] sum = new float[3];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int rgb = edge.applyAsInt(i);
            if ((rgb & KIND) == kind) {
                found++;
                for (int channel = 0; channel < sum.length; channel++) {
                    sum[channel] += LinearLight.of(rgb >> 8 * channel);
                }
            }
        }
        return LinearLight.value(sum[2] / found) << 16 | LinearLight.value(sum[1] / found) << 8
                | LinearLight.value(sum[0] / found);
    }

    private static int mostFrequent(int[] values) {
        Arrays.sort(values);
        int best = 0;
        int longest = 0;
        for (int i = 0, start = 0; i < values.length; i++) {
            start = i > 0 && values[i] == values[i - 1] ? start : i;
            if (i - start >= longest) {
                longest = i - start + 1;
                best = values[i];
            }
        }
        return best;
    }
}
