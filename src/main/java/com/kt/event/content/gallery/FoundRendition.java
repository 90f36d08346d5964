package com.kt.event.content.gallery;

import java.util.Optional;

/**
 * What the store has of a rendition.
 *
 * @param image the image that it is made of
 * @param rendition empty if it has not been made yet
 */
public record FoundRendition(StoredImage image, Optional<StoredImage> rendition) {
}
