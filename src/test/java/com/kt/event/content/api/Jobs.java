package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/** Sample jobs. */
final class Jobs {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:05Z");

    private Jobs() {
    }

    static JobSnapshot running(long version) {
        return waiting(version, Duration.ZERO, NOW);
    }

    static JobSnapshot completed(long version) {
        return new JobSnapshot(job(version, new StyleTask(JobStatus.COMPLETED, "http://a/simple.png", null, null)),
                JobWait.NONE, NOW);
    }

    static JobSnapshot waiting(long version, Duration pause, Instant now) {
        return new JobSnapshot(job(version, new StyleTask(JobStatus.PENDING, null, null, null)),
                JobWait.outage(pause), now);
    }

    private static Job job(long version, StyleTask task) {
        return new Job("a-job", "rainy-day", new Recommendation("비 오는 날엔 파전", null, null, null, Map.of()),
                Map.of(Style.SIMPLE, task), NOW, NOW, version);
    }
}
