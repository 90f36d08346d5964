package com.kt.event.content.provider;

/** In pixels, according to the image's own header. */
record ImageSize(int width, int height) {
    long pixels() {
        return (long) width * height;
    }
}
