package com.kt.event.content.api;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/** The JSON of a draft's images, at most one per style. */
@Schema(name = "Gallery", description = "The images of a draft, at most one per style",
        requiredProperties = {"eventDraftId", "outdated", "imageUrls", "images"})
record GalleryView(
        @Schema(ref = "EventDraftId") String eventDraftId,
        @Schema(description = "Whether an image was generated from another recommendation than the selected one",
                examples = "false") boolean outdated,
        @Schema(ref = "ImageUrls") Map<String, URI> imageUrls,
        @Schema(description = "The same images with their details", maxItems = 16) List<ImageView> images) {

    @Schema(name = "GalleryPicture", description = "An image of a draft",
            requiredProperties = {"style", "label", "imageUrl", "jobId", "outdated", "createdAt", "expiresAt"})
    record ImageView(
            Style style,
            @Schema(ref = "StyleLabel") String label,
            @Schema(ref = "ImageUrl") URI imageUrl,
            @Schema(ref = "JobId", description = "The job that generated the image") String jobId,
            @Schema(description = "Whether the image was generated from another recommendation than the selected one",
                    examples = "false") boolean outdated,
            Instant createdAt,
            @Schema(ref = "Timestamp",
                    description = "The time until which the link works at least") Instant expiresAt) {

        private static ImageView of(Style style, GalleryImage image, Optional<String> selected) {
            boolean outdated = selected.isPresent() && !image.isMadeFrom(selected.get());
            return new ImageView(style, style.label(), image.imageUrl(), image.jobId(), outdated,
                    image.createdAt(), image.expiresAt());
        }
    }

    /** @param selected the recommendation that is selected now; empty if it is unknown or has expired */
    static GalleryView of(String eventDraftId, Map<Style, GalleryImage> images,
            Optional<Recommendation> selected) {
        Map<String, URI> imageUrls = new LinkedHashMap<>();
        images.forEach((style, image) -> imageUrls.put(style.key(), image.imageUrl()));
        Optional<String> fingerprint = selected.map(Recommendation::fingerprint);
        List<ImageView> views = images.entrySet().stream()
                .map(entry -> ImageView.of(entry.getKey(), entry.getValue(), fingerprint)).toList();
        return new GalleryView(eventDraftId, views.stream().anyMatch(ImageView::outdated), imageUrls, views);
    }
}
