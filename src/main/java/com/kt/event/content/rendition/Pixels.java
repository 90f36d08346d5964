package com.kt.event.content.rendition;

/** @param rgb a pixel per element, row by row, in sRGB; the highest byte is ignored */
record Pixels(int width, int height, int[] rgb) {
    Pixels(int width, int height) {
        this(width, height, new int[width * height]);
    }

    void sendTo(RowSink sink) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, y * width, row, 0, width);
            sink.row(y, row);
        }
    }

    /** Copies all pixels of an image into this one, which is large enough. */
    void draw(Pixels image, int x, int y) {
        for (int row = 0; row < image.height; row++) {
            System.arraycopy(image.rgb, row * image.width, rgb, (y + row) * width + x, image.width);
        }
    }

    /** @param orientation of EXIF: how a viewer has to turn the image, from 1 (not at all) to 8 */
    Pixels turned(int orientation) {
        if (orientation == 1) {
            return this;
        }
        boolean isTransposed = orientation >= 5;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        Pixels turned = isTransposed ? new Pixels(height, width) : new Pixels(width, height);
        for (int y = 0, at = 0; y < turned.height; y++) {
            for (int x = 0; x < turned.width; x++, at++) {
                int column = isTransposed ? y : x;
                int line = isTransposed ? x : y;
                turned.rgb[at] = rgb[(fromBottom ? height - 1 - line : line) * width
                        + (fromRight ? width - 1 - column : column)];
            }
        }
        return turned;
    }
}
