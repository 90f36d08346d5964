package com.kt.event.content.api;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.kt.event.content.channel.RenditionLink;
import com.kt.event.content.gallery.GalleryImage;
import com.kt.event.content.gallery.ImageOrigin;
import com.kt.event.content.image.ImageDetails;
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

    @Schema(name = "GalleryPicture",
            description = "An image of a draft. What its bytes say, and which provider and model made it, is absent if an older version "
                    + "of the service generated it",
            requiredProperties = {"style", "label", "imageUrl", "jobId", "outdated", "createdAt", "expiresAt",
                    "renditions"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImageView(
            Style style,
            @Schema(ref = "StyleLabel") String label,
            @Schema(ref = "ImageUrl") URI imageUrl,
            @Schema(ref = "JobId", description = "The job that generated the image") String jobId,
            @Schema(description = "Whether the image was generated from another recommendation than the selected one",
                    examples = "false") boolean outdated,
            Instant createdAt,
            @Schema(ref = "Timestamp",
                    description = "The time until which the link works at least") Instant expiresAt,
            @Schema(ref = "Provider") String provider,
            @Schema(ref = "Model") String model,
            @Schema(description = "The media type of the bytes", minLength = 1, maxLength = 64, examples = "image/png",
                    pattern = "^image/[a-z0-9.+-]+$") String mediaType,
            @Schema(description = "In pixels, as the bytes say. An orientation in EXIF is not applied", minimum = "1",
                    maximum = "2147483647", examples = "1024") Integer width,
            @Schema(description = "In pixels, as the bytes say. An orientation in EXIF is not applied", minimum = "1",
                    maximum = "2147483647", examples = "1024") Integer height,
            @Schema(description = "The number of bytes", minimum = "1", maximum = "2147483647",
                    examples = "1843712") Long bytes,
            @Schema(description = "The hash of the bytes", minLength = 64, maxLength = 64,
                    examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    pattern = "^[0-9a-f]{64}$") String sha256,
            @Schema(ref = "Renditions") Map<String, RenditionView> renditions) {

        private static ImageView of(Style style, GalleryImage image, Optional<String> selected,
                Map<String, RenditionLink> links) {
            Map<String, RenditionView> renditions = new LinkedHashMap<>();
            links.forEach((channel, link) -> renditions.put(channel, RenditionView.of(link)));
            boolean outdated = selected.isPresent() && !image.isMadeFrom(selected.get());
            Optional<ImageDetails> details = Optional.ofNullable(image.details());
            Optional<ImageOrigin> origin = Optional.ofNullable(image.origin());
            return new ImageView(style, style.label(), image.imageUrl(), image.jobId(), outdated,
                    image.createdAt(), image.expiresAt(), origin.map(ImageOrigin::provider).orElse(null),
                    origin.map(ImageOrigin::model).orElse(null), details.map(ImageDetails::mediaType).orElse(null),
                    details.map(ImageDetails::width).orElse(null), details.map(ImageDetails::height).orElse(null),
                    details.map(ImageDetails::bytes).orElse(null), details.map(ImageDetails::sha256).orElse(null),
                    renditions);
        }
    }

    @Schema(name = "Rendition",
            description = "An image as a channel accepts it. It is made with the first request for it",
            requiredProperties = {"url", "mediaType"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RenditionView(
            @Schema(description = "The address of the rendition, with the same rights and the same end as that of the image",
                    format = "uri", maxLength = 2048,
                    examples = "http://localhost:8080/api/content/images/files/994796be-2775-4c8f-90b4-5527bd804d98-simple.mms.jpg") URI url,
            @Schema(description = "In pixels. Absent if the channel accepts several sizes and that of the image is unknown",
                    minimum = "1", maximum = "4096", examples = "720") Integer width,
            @Schema(description = "In pixels, absent as the width", minimum = "1", maximum = "4096",
                    examples = "720") Integer height,
            @Schema(description = "The media type of the bytes", minLength = 1, maxLength = 64, examples = "image/jpeg",
                    pattern = "^image/[a-z0-9.+-]+$") String mediaType,
            @Schema(description = "The number of bytes. Absent until the rendition is made", minimum = "1",
                    maximum = "2147483647", examples = "184371") Long bytes) {

        private static RenditionView of(RenditionLink link) {
            return new RenditionView(link.url(), link.width(), link.height(), link.mediaType(), link.bytes());
        }
    }

    /**
     * @param selected the recommendation that is selected now; empty if it is unknown or has expired
     * @param renditions of an image, by channel
     */
    static GalleryView of(String eventDraftId, Map<Style, GalleryImage> images, Optional<Recommendation> selected,
            Function<GalleryImage, Map<String, RenditionLink>> renditions) {
        Map<String, URI> imageUrls = new LinkedHashMap<>();
        images.forEach((style, image) -> imageUrls.put(style.key(), image.imageUrl()));
        Optional<String> fingerprint = selected.map(Recommendation::fingerprint);
        List<ImageView> views = images.entrySet().stream()
                .map(entry -> ImageView.of(entry.getKey(), entry.getValue(), fingerprint,
                        renditions.apply(entry.getValue())))
                .toList();
        return new GalleryView(eventDraftId, views.stream().anyMatch(ImageView::outdated), imageUrls, views);
    }
}
