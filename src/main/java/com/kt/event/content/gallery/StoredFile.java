package com.kt.event.content.gallery;

import java.time.Instant;

/**
 * The file of an image, as a list of all files has it.
 *
 * @param lastModified as in {@link StoredImage}
 */
record StoredFile(String name, Instant lastModified) {
}
