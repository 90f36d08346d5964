package com.kt.event.content.generator;

/** In pixels, as the picture itself says. */
record PictureSize(int width, int height) {
    long pixels() {
        return (long) width * height;
    }
}
