package com.kt.event.content.api;

import java.nio.file.Path;

/**
 * What is sent of a file.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
record FileSlice(Path file, long offset, long length) {
}
