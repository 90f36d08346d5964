package com.kt.event.content.provider;

/** In pixels, as the picture itself says. */
record ImageSize(int width, int height) {
    long pixels() {
        return (long) width * height;
    }
}
