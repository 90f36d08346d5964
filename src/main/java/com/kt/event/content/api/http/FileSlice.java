package com.kt.event.content.api.http;

import java.nio.file.Path;

/**
 * The part of a file to send.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
public record FileSlice(Path file, long offset, long length) {
}
