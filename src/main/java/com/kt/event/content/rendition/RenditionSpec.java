package com.kt.event.content.rendition;

import com.kt.event.content.image.ImageFormat;

/**
 * What a channel accepts.
 *
 * @param width in pixels
 * @param height in pixels
 * @param isMaximum whether a smaller rendition will do; it has the ratio of the image then, and neither background nor safe
 *        areas. Otherwise the size is exact.
 * @param format JPEG or PNG
 * @param maxBytes the size of the file
 * @param safeTop how many pixels at the top show background only, because the channel covers them
 * @param safeBottom as safeTop, at the bottom
 */
public record RenditionSpec(int width, int height, boolean isMaximum, ImageFormat format, long maxBytes, Fit fit,
        Background background, int safeTop, int safeBottom) {
    /** Larger than any channel asks for; what a canvas of that size takes is in {@link RenditionWork#memory}. */
    public static final int LONGEST_SIDE = 4096;

    /** How an image is drawn into a canvas of another ratio. */
    public enum Fit {
        /** All of it, with background beside it. */
        CONTAIN,
        /** As much of it as covers the canvas, around its centre. */
        COVER
    }

    /** What is beside an image that does not cover the canvas. */
    public enum Background {
        /** The colour of the edge of the image that it is beside. */
        EDGE,
        /** The image, enlarged and blurred. */
        BLUR
    }

    public RenditionSpec {
        require(width > 0 && width <= LONGEST_SIDE && height > 0 && height <= LONGEST_SIDE,
                "width and height must be from 1 to " + LONGEST_SIDE);
        require(format == ImageFormat.JPEG || format == ImageFormat.PNG, "format must be jpeg or png");
        require(maxBytes > 0, "max-bytes must be positive");
        require(safeTop >= 0 && safeBottom >= 0 && safeTop + safeBottom < height,
                "safe-top and safe-bottom must leave a part of the height");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
