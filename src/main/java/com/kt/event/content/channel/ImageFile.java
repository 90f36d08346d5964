package com.kt.event.content.channel;

import java.time.Instant;

import com.kt.event.content.gallery.StoredImage;

/**
 * An image or a rendition, as a client gets it.
 *
 * @param expiresAt when its link ends; that of a rendition ends with its image
 */
public record ImageFile(StoredImage file, Instant expiresAt) {
}
