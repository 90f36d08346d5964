package com.kt.event.content.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The response to a request that starts a job: the job exists, its images may not yet. */
@RegisterForReflection
@Schema(name = "JobAccepted", description = "An accepted job",
        requiredProperties = {"jobId", "status", "message"})
record JobAccepted(
        @Schema(ref = "JobId") String jobId,
        JobStatus status,
        @Schema(ref = "Message") String message) {

    static JobAccepted of(Job job) {
        return new JobAccepted(job.id(), job.status(), JobMessages.of(job));
    }
}
