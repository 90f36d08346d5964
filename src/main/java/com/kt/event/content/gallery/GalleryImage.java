package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.kt.event.content.image.ImageDetails;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A published image. Its JSON is the style's field in {@code content:image:{eventDraftId}}.
 *
 * @param jobCreatedAt when its job was accepted, in ms since 1970; an image of a newer job replaces it
 * @param madeFrom the fingerprint of the recommendation it was made from
 * @param details null if an older version published it, or its bytes could not be read as an image
 * @param origin null if an older version published it, or if it is not known
 */
@RegisterForReflection
public record GalleryImage(URI imageUrl, String jobId, Instant createdAt, Instant expiresAt, long jobCreatedAt,
        String madeFrom, @JsonInclude(JsonInclude.Include.NON_NULL) ImageDetails details,
        @JsonInclude(JsonInclude.Include.NON_NULL) ImageOrigin origin) {

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

    /**
     * The name of its rendition for a channel; empty if it has none: an SVG, or an image that is not this service's.
     *
     * @param extension jpg or png
     */
    public Optional<RenditionName> rendition(String channel, String extension) {
        String fileName = ImageStore.fileName(imageUrl);
        return ImageNames.isImage(fileName) && !ImageNames.isSvg(fileName)
                ? Optional.of(new RenditionName(ImageNames.imageName(fileName), channel, extension))
                : Optional.empty();
    }
}
