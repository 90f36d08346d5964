package com.kt.event.content.gallery;

import java.time.Instant;

/**
 * A stored image, as it was when it was looked up.
 *
 * @param size in bytes
 * @param lastModified by the clock of the store
 */
public record StoredImage(String fileName, long size, Instant lastModified, ImageBytes bytes) {
    /** Of an SVG no renditions are made. */
    public boolean isSvg() {
        return ImageNames.isSvg(fileName);
    }
}
