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

/** A job as a client sees it. */
@Schema(name = "Job", description = "The making of a draft's pictures: COMPLETED with at least one, FAILED with none",
        requiredProperties = {"jobId", "eventDraftId", "type", "status", "progress", "message", "possiblyChargedTwice",
                "createdAt", "updatedAt", "expiresAt", "imageUrls", "styles"})
record JobView(
        @Schema(ref = "JobId") String jobId,
        @Schema(ref = "EventDraftId") String eventDraftId,
        @Schema(ref = "JobType") String type,
        JobStatus status,
        @Schema(description = "Percent of the styles that have ended", minimum = "0", maximum = "100") int progress,
        @Schema(ref = "Message") String message,
        @Schema(ref = "Message",
                description = "For the shop owner, in Korean: why it waits and when it goes on; only while the "
                        + "image provider has a pause") @JsonInclude(JsonInclude.Include.NON_NULL) String detail,
        @Schema(description = "Whether a picture was asked for again although the first may have been made, and "
                + "charged: its outcome was lost with an instance of this service") boolean possiblyChargedTwice,
        Instant createdAt,
        Instant updatedAt,
        @Schema(ref = "Timestamp",
                description = "Until when this job can be asked for, unless it changes again") Instant expiresAt,
        @Schema(ref = "ImageUrls",
                description = "By style; a picture is here the moment it is done") Map<String, String> imageUrls,
        @Schema(description = "What became of each style that was asked for", maxItems = 16) List<StyleView> styles) {

    @Schema(name = "JobStyle", description = "The making of one picture",
            requiredProperties = {"style", "label", "status", "possiblyChargedTwice"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StyleView(
            Style style,
            @Schema(ref = "StyleLabel") String label,
            JobStatus status,
            @Schema(ref = "ImageUrl") String imageUrl,
            @Schema(description = "Whether this picture was asked for again although the first may have been made, and charged") boolean possiblyChargedTwice,
            ErrorView error) {

        private static StyleView of(Style style, StyleTask task) {
            return new StyleView(style, style.label(), task.status(), task.imageUrl(),
                    task.possiblyChargedTwice(),
                    task.error() == null ? null : new ErrorView(task.error(), task.error().message()));
        }
    }

    @Schema(name = "JobStyleError", description = "Why there is no picture", requiredProperties = {"code", "message"})
    record ErrorView(StyleError code, @Schema(ref = "Message") String message) {
    }

    /**
     * @param ttl how long a job is kept after its last change
     * @param pause how long the job waits for the provider, zero where it does not
     */
    static JobView of(Job job, Duration ttl, Duration pause) {
        Map<String, String> imageUrls = new LinkedHashMap<>();
        job.styles().forEach((style, task) -> {
            if (task.imageUrl() != null) {
                imageUrls.put(style.key(), task.imageUrl());
            }
        });
        List<StyleView> styles = job.styles().entrySet().stream()
                .map(entry -> StyleView.of(entry.getKey(), entry.getValue())).toList();
        return new JobView(job.id(), job.eventDraftId(), Job.TYPE, job.status(), job.progress(), JobMessages.of(job),
                JobMessages.detail(pause), job.possiblyChargedTwice(), job.createdAt(), job.updatedAt(),
                job.updatedAt().plus(ttl), imageUrls, styles);
    }
}
