package com.kt.event.content.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;

/** The first answer: the job exists, its pictures do not yet. */
@Schema(name = "JobAccepted")
record JobAccepted(
        @Schema(format = "uuid", examples = "5f0c3f0e-6d5c-4d6a-9a52-0a2f6a1c9b11") String jobId,
        JobStatus status,
        @Schema(examples = "이미지 생성 중입니다") String message) {

    static JobAccepted of(Job job) {
        return new JobAccepted(job.id(), job.status(), JobMessages.of(job));
    }
}
