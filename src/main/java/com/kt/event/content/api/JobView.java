package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.recommendation.Style;

/** The JSON of a job. */
@Schema(name = "Job",
        description = "The generation of a draft's images. COMPLETED: with at least one image; FAILED: with none",
        requiredProperties = {"jobId", "eventDraftId", "type", "status", "progress", "message", "possiblyChargedTwice",
                "createdAt", "updatedAt", "expiresAt", "imageUrls", "styles"})
record JobView(
        @Schema(ref = "JobId") String jobId,
        @Schema(ref = "EventDraftId") String eventDraftId,
        @Schema(ref = "JobType") String type,
        JobStatus status,
        @Schema(description = "The percentage of styles that have ended", minimum = "0", maximum = "100",
                examples = "33") int progress,
        @Schema(ref = "Message") String message,
        @Schema(ref = "Message",
                description = "For the shop owner, in Korean: why the job waits and when it continues. Present only while the "
                        + "image API is not available, or accepts no further call because of its limits") @JsonInclude(JsonInclude.Include.NON_NULL) String detail,
        @Schema(description = "Whether an image was requested again although the image API may have charged for the first "
                + "request, whose outcome was lost with an instance of this service",
                examples = "false") boolean possiblyChargedTwice,
        @Schema(description = "What the images of this job took, by provider and model. Absent if no image has been made for it, "
                + "or if nothing is known about it",
                maxItems = 16) @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UsageView> usage,
        Instant createdAt,
        Instant updatedAt,
        @Schema(ref = "Timestamp",
                description = "The time until which the job is kept, unless it changes again") Instant expiresAt,
        @Schema(ref = "ImageUrls",
                description = "The finished images, by style") Map<String, String> imageUrls,
        @Schema(description = "The state of each requested style", maxItems = 16) List<StyleView> styles,
        @Schema(description = "Only in the event `end` of a stream") @JsonInclude(JsonInclude.Include.NON_NULL) StreamEnd streamEnd) {

    @Schema(name = "JobStyle", description = "The generation of one image",
            requiredProperties = {"style", "label", "status", "possiblyChargedTwice"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StyleView(
            Style style,
            @Schema(ref = "StyleLabel") String label,
            JobStatus status,
            @Schema(ref = "ImageUrl") String imageUrl,
            @Schema(description = "Whether this image was requested again although the image API may have charged for "
                    + "the first request", examples = "false") boolean possiblyChargedTwice,
            @Schema(ref = "Provider") String provider,
            @Schema(ref = "Model") String model,
            ErrorView error) {

        private static StyleView of(Style style, StyleTask task) {
            return new StyleView(style, style.label(), task.status(), task.imageUrl(),
                    task.possiblyChargedTwice(), task.provider(), task.model(),
                    task.error() == null ? null : new ErrorView(task.error(), task.error().message()));
        }
    }

    @Schema(name = "JobStyleError", description = "The reason why the style has no image",
            requiredProperties = {"code", "message"})
    record ErrorView(StyleError code, @Schema(ref = "Message") String message) {
    }

    /**
     * @param ttl how long a job is kept after its last change
     * @param wait of the job for the provider
     */
    static JobView of(Job job, Duration ttl, JobWait wait) {
        return of(job, ttl, wait, null);
    }

    /**
     * As above, for the last event of a stream that ends before the job does.
     *
     * @param end null in any other place
     */
    static JobView of(Job job, Duration ttl, JobWait wait, StreamEnd end) {
        Map<String, String> imageUrls = new LinkedHashMap<>();
        job.styles().forEach((style, task) -> {
            if (task.imageUrl() != null) {
                imageUrls.put(style.key(), task.imageUrl());
            }
        });
        List<StyleView> styles = job.styles().entrySet().stream()
                .map(entry -> StyleView.of(entry.getKey(), entry.getValue())).toList();
        return new JobView(job.id(), job.eventDraftId(), Job.TYPE, job.status(), job.progress(), JobMessages.of(job),
                JobMessages.detail(wait), job.possiblyChargedTwice(), UsageView.of(job.usage()), job.createdAt(),
                job.updatedAt(),
                job.updatedAt().plus(ttl), imageUrls, styles, end);
    }
}
