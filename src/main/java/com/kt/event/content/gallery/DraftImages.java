package com.kt.event.content.gallery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import com.kt.event.content.job.ReusableImage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * The published images of a draft.
 *
 * @param recommendation the one that the newest image was made from; empty if there never was an image
 */
public record DraftImages(Map<Style, GalleryImage> images, Optional<Recommendation> recommendation) {
    static final DraftImages NONE = new DraftImages(Map.of(), Optional.empty());

    public boolean isEmpty() {
        return images.isEmpty();
    }

    /** The images that were made from this recommendation and do not expire before {@code until}. */
    public Map<Style, ReusableImage> reusable(Recommendation madeFrom, Instant until) {
        Map<Style, ReusableImage> reusable = new EnumMap<>(Style.class);
        if (isEmpty()) {
            return reusable;
        }
        String fingerprint = madeFrom.fingerprint();
        images.forEach((style, image) -> {
            if (image.isMadeFrom(fingerprint) && !image.expiresAt().isBefore(until)) {
                reusable.put(style, reusable(image));
            }
        });
        return reusable;
    }

    private static ReusableImage reusable(GalleryImage image) {
        ImageOrigin origin = image.origin();
        return new ReusableImage(image.imageUrl().toString(), origin == null ? null : origin.provider(),
                origin == null ? null : origin.model());
    }
}
