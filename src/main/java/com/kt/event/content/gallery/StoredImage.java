package com.kt.event.content.gallery;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The file of an image, as it was when it was looked up.
 *
 * @param size in bytes
 * @param lastModified by the clock of the file system
 */
public record StoredImage(Path file, long size, Instant lastModified) {
}
