package com.kt.event.content.rendition;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.RenditionSpec.Fit;
import com.kt.event.content.rendition.Scaler.Part;

/**
 * Where an image is drawn on the canvas. It is enlarged if it is smaller, unless the canvas may be smaller too.
 *
 * @param canvas the size of the rendition
 * @param image the size that the image is drawn at
 * @param x of the image's left edge
 * @param y of the image's upper edge
 * @param part what is drawn of the image
 */
record Layout(ImageSize canvas, ImageSize image, int x, int y, Part part) {
    /** @param share of the size that the image could be drawn at, from 0 to 1 */
    static Layout of(RenditionSpec spec, ImageSize image, double share) {
        int room = spec.height() - spec.safeTop() - spec.safeBottom();
        double widths = (double) spec.width() / image.width();
        if (spec.isMaximum()) {
            double scale = share * Math.min(1, Math.min(widths, (double) spec.height() / image.height()));
            ImageSize size = scaled(image, scale);
            return new Layout(size, size, 0, 0, whole(image));
        }
        double heights = (double) room / image.height();
        double scale = spec.fit() == Fit.COVER ? Math.max(widths, heights) : Math.min(widths, heights);
        ImageSize size = spec.fit() == Fit.COVER
                ? scaled(new ImageSize(spec.width(), room), share)
                : scaled(image, scale * share);
        Part part = spec.fit() == Fit.COVER
                ? centre(image, spec.width() / scale, room / scale)
                : whole(image);
        return new Layout(new ImageSize(spec.width(), spec.height()), size, (spec.width() - size.width()) / 2,
                spec.safeTop() + (room - size.height()) / 2, part);
    }

    private static ImageSize scaled(ImageSize size, double scale) {
        return new ImageSize((int) Math.max(1, Math.round(size.width() * scale)),
                (int) Math.max(1, Math.round(size.height() * scale)));
    }

    static Part whole(ImageSize image) {
        return new Part(0, 0, image.width(), image.height());
    }

    static Part centre(ImageSize image, double width, double height) {
        return new Part((image.width() - width) / 2, (image.height() - height) / 2, width, height);
    }

    boolean isCovered() {
        return canvas.equals(image);
    }
}
