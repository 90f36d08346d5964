package com.kt.event.content.generator;

/** What the image API drew: the picture's bytes; or its address, and no bytes. */
record Drawn(byte[] bytes, HttpAddress address) {
}
