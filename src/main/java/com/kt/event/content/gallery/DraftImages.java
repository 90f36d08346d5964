package com.kt.event.content.gallery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * What hangs in the gallery for a draft.
 *
 * @param recommendation what the newest image was made from; empty where there never was one
 */
public record DraftImages(Map<Style, GalleryImage> images, Optional<Recommendation> recommendation) {

    public boolean isEmpty() {
        return images.isEmpty();
    }

    /** The links of those that were made from this and live until then at least. */
    public Map<Style, String> links(Recommendation madeFrom, Instant until) {
        String fingerprint = madeFrom.fingerprint();
        Map<Style, String> links = new EnumMap<>(Style.class);
        images.forEach((style, image) -> {
            if (image.isMadeFrom(fingerprint) && !image.expiresAt().isBefore(until)) {
                links.put(style, image.imageUrl().toString());
            }
        });
        return links;
    }
}
