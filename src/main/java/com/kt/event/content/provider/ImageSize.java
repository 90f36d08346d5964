package com.kt.event.content.provider;

/** In pixels, as the image itself says. */
record ImageSize(int width, int height) {
    long pixels() {
        return (long) width * height;
    }
}
