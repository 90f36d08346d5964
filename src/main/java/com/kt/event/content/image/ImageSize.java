package com.kt.event.content.image;

/** In pixels, according to the image's own header. */
public record ImageSize(int width, int height) {
    public long pixels() {
        return (long) width * height;
    }

    /** Whether a frame of this size, with its upper left corner there, is not empty and covers nothing but the image. */
    boolean isWithin(ImageSize image, int x, int y) {
        return width > 0 && height > 0 && x >= 0 && y >= 0 && (long) x + width <= image.width
                && (long) y + height <= image.height;
    }
}
