package com.kt.event.content.api;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.kt.event.content.gallery.GalleryPicture;
import com.kt.event.content.recommendation.Style;

/** The pictures that a draft has, at most one per style. */
@Schema(name = "Gallery")
record GalleryView(
        @Schema(examples = "spring-latte") String eventDraftId,
        @Schema(description = "By style") Map<String, URI> imageUrls,
        List<PictureView> images) {

    @Schema(name = "GalleryPicture")
    record PictureView(
            Style style,
            @Schema(examples = "심플") String label,
            URI imageUrl,
            @Schema(description = "The job that made it", format = "uuid") String jobId,
            Instant createdAt,
            @Schema(description = "Until when the link works at least") Instant expiresAt) {

        private static PictureView of(Style style, GalleryPicture picture) {
            return new PictureView(style, style.label(), picture.imageUrl(), picture.jobId(), picture.createdAt(),
                    picture.expiresAt());
        }
    }

    static GalleryView of(String eventDraftId, Map<Style, GalleryPicture> pictures) {
        Map<String, URI> imageUrls = new LinkedHashMap<>();
        pictures.forEach((style, picture) -> imageUrls.put(style.key(), picture.imageUrl()));
        List<PictureView> images = pictures.entrySet().stream()
                .map(entry -> PictureView.of(entry.getKey(), entry.getValue())).toList();
        return new GalleryView(eventDraftId, imageUrls, images);
    }
}
