package com.kt.event.content.api.http;

import java.nio.file.Path;

/**
 * What is sent of a file.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
public record FileSlice(Path file, long offset, long length) {
}
