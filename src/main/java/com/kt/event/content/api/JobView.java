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
@Schema(name = "Job")
record JobView(
        @Schema(format = "uuid") String jobId,
        @Schema(examples = "spring-latte") String eventDraftId,
        @Schema(examples = "IMAGE_GEN") String type,
        JobStatus status,
        @Schema(description = "Percent of the styles that have ended", minimum = "0", maximum = "100") int progress,
        @Schema(description = "For the shop owner, in Korean") String message,
        @Schema(description = "For the shop owner, in Korean: why it waits and when it goes on; only while the "
                + "image provider has a pause") @JsonInclude(JsonInclude.Include.NON_NULL) String detail,
        @Schema(description = "Whether a picture was asked for again although the first may have been made, and "
                + "charged: its outcome was lost with an instance of this service") boolean possiblyChargedTwice,
        Instant createdAt,
        Instant updatedAt,
        @Schema(description = "Until when this job can be asked for, unless it changes again") Instant expiresAt,
        @Schema(description = "By style; a picture is here the moment it is done") Map<String, String> imageUrls,
        List<StyleView> styles) {

    @Schema(name = "JobStyle")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StyleView(
            Style style,
            @Schema(examples = "심플") String label,
            JobStatus status,
            @Schema(format = "uri") String imageUrl,
            boolean possiblyChargedTwice,
            ErrorView error) {

        private static StyleView of(Style style, StyleTask task) {
            return new StyleView(style, style.label(), task.status(), task.imageUrl(),
                    task.possiblyChargedTwice(),
                    task.error() == null ? null : new ErrorView(task.error(), task.error().message()));
        }
    }

    @Schema(name = "JobStyleError")
    record ErrorView(StyleError code, @Schema(description = "For the shop owner, in Korean") String message) {
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
