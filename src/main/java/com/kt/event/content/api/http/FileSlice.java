package com.kt.event.content.api.http;

import com.kt.event.content.gallery.ImageBytes;

/**
 * The part of an image file to send.
 *
 * @param bytes of the whole file
 * @param offset of its first byte
 * @param length in bytes
 */
public record FileSlice(ImageBytes bytes, long offset, long length) {
}
