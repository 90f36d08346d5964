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

/** The pictures that a draft has, at most one per style. */
@Schema(name = "Gallery", description = "The pictures of a draft, at most one per style",
        requiredProperties = {"eventDraftId", "outdated", "imageUrls", "images"})
record GalleryView(
        @Schema(ref = "EventDraftId") String eventDraftId,
        @Schema(description = "Whether a picture was generated from another recommendation than the selected one",
                examples = "false") boolean outdated,
        @Schema(ref = "ImageUrls") Map<String, URI> imageUrls,
        @Schema(description = "The same pictures with their details", maxItems = 16) List<PictureView> images) {

    @Schema(name = "GalleryImage", description = "A picture of a draft",
            requiredProperties = {"style", "label", "imageUrl", "jobId", "outdated", "createdAt", "expiresAt"})
    record PictureView(
            Style style,
            @Schema(ref = "StyleLabel") String label,
            @Schema(ref = "ImageUrl") URI imageUrl,
            @Schema(ref = "JobId", description = "The job that generated the picture") String jobId,
            @Schema(description = "Whether the picture was generated from another recommendation than the selected one",
                    examples = "false") boolean outdated,
            Instant createdAt,
            @Schema(ref = "Timestamp",
                    description = "The time until which the link works at least") Instant expiresAt) {

        private static PictureView of(Style style, GalleryImage picture, Optional<String> selected) {
            boolean outdated = selected.isPresent() && !picture.isMadeFrom(selected.get());
            return new PictureView(style, style.label(), picture.imageUrl(), picture.jobId(), outdated,
                    picture.createdAt(), picture.expiresAt());
        }
    }

    /** @param selected the recommendation that is selected now; empty where that is not known (any more) */
    static GalleryView of(String eventDraftId, Map<Style, GalleryImage> pictures,
            Optional<Recommendation> selected) {
        Map<String, URI> imageUrls = new LinkedHashMap<>();
        pictures.forEach((style, picture) -> imageUrls.put(style.key(), picture.imageUrl()));
        Optional<String> fingerprint = selected.map(Recommendation::fingerprint);
        List<PictureView> images = pictures.entrySet().stream()
                .map(entry -> PictureView.of(entry.getKey(), entry.getValue(), fingerprint)).toList();
        return new GalleryView(eventDraftId, images.stream().anyMatch(PictureView::outdated), imageUrls, images);
    }
}
