package com.kt.event.content.gallery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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

    /** The links of the images that were made from this recommendation and do not expire before {@code until}. */
    public Map<Style, String> links(Recommendation madeFrom, Instant until) {
        Map<Style, String> links = new EnumMap<>(Style.class);
        if (isEmpty()) {
            return links;
        }
        String fingerprint = madeFrom.fingerprint();
        images.forEach((style, image) -> {
            if (image.isMadeFrom(fingerprint) && !image.expiresAt().isBefore(until)) {
                links.put(style, image.imageUrl().toString());
            }
        });
        return links;
    }
}
