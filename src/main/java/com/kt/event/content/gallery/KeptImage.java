package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Instant;

import com.kt.event.content.image.ImageDetails;

/**
 * An image in the store.
 *
 * @param keptAt when it was stored, by the clock of the store; in ms
 * @param details null if its bytes cannot be read as an image
 * @param origin null if it is not known
 */
public record KeptImage(URI link, Instant keptAt, ImageDetails details, ImageOrigin origin) {
    public KeptImage(URI link, Instant keptAt, ImageDetails details) {
        this(link, keptAt, details, null);
    }

    public KeptImage withOrigin(ImageOrigin known) {
        return new KeptImage(link, keptAt, details, known);
    }
}
