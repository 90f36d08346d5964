package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A published image. Its JSON is the style's field in {@code content:image:{eventDraftId}}.
 *
 * @param jobCreatedAt when its job was accepted, in ms since 1970; an image of a newer job replaces it
 * @param madeFrom the fingerprint of the recommendation it was made from
 */
@RegisterForReflection
public record GalleryImage(URI imageUrl, String jobId, Instant createdAt, Instant expiresAt, long jobCreatedAt,
        String madeFrom) {

    public GalleryImage {
        Objects.requireNonNull(imageUrl, "imageUrl");
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** @param fingerprint of a recommendation */
    public boolean isMadeFrom(String fingerprint) {
        return fingerprint.equals(madeFrom);
    }
}
