package com.kt.event.content.provider;

/** The image in a response, not checked yet: its bytes, or its address and no bytes. */
public record ResponseImage(byte[] bytes, HttpAddress address) {
}
