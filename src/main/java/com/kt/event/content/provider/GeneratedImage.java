package com.kt.event.content.provider;

/** What the image API drew: the image's bytes; or its address, and no bytes. */
public record GeneratedImage(byte[] bytes, HttpAddress address) {
}
