package com.kt.event.content.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.kt.event.content.check.JobRecord.StyleRecord;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.recommendation.Style;

/** The rules for a job. */
class JobRules {
    /** The job of a dead worker waits for its lease to lapse, and every job waits while the breaker is open. */
    private static final Duration TOLERANCE = Duration.ofMinutes(3);

    private final Duration deadline;

    JobRules(Duration deadline) {
        this.deadline = deadline;
    }

    /**
     * @param queued whether the queue has an entry of the job, or its acceptance is under way
     * @param now by the clock of Redis, which its lease is measured with
     */
    List<Finding> broken(JobRecord job, boolean queued, Instant now) {
        Findings findings = new Findings(JobStore.key(job.id()));
        if (job.status() != job.fold()) {
            findings.add(Invariant.EVERY_STATUS_FOLLOWS_FROM_THE_STYLES,
                    "its status is %s, but its styles imply %s; HSET %s status %2$s", job.status(), job.fold(),
                    findings.key);
        }
        if (job.status().ended()) {
            ended(job, findings);
        } else {
            open(job, queued, now, findings);
        }
        job.styles().forEach((style, task) -> style(style, task, findings));
        return findings.all;
    }

    private void open(JobRecord job, boolean queued, Instant now, Findings findings) {
        if (!queued && !job.isLeasedAt(now)) {
            findings.add(Invariant.EVERY_OPEN_JOB_IS_QUEUED,
                    "%s, but no worker holds it and the queue has no entry of it, so it will never end; queue it"
                            + " with XADD %s '*' %s %s %s %d",
                    job.status(), JobQueue.KEY, JobQueue.JOB, job.id(), JobQueue.CREATED_AT,
                    job.createdAt().toEpochMilli());
        }
        Instant end = job.createdAt().plus(deadline);
        if (now.isAfter(end.plus(TOLERANCE))) {
            findings.add(Invariant.EVERY_JOB_ENDS_IN_TIME,
                    "%s, although its deadline was %s (content.job.deadline); check that workers run, and search their"
                            + " logs for the job",
                    job.status(), end);
        }
    }

    private void ended(JobRecord job, Findings findings) {
        if (job.owner() != null || job.leaseUntil() != null) {
            findings.add(Invariant.NO_ENDED_JOB_IS_LEASED, "%s, but still leased to %s; HDEL %s owner leaseUntil",
                    job.status(), job.owner(), findings.key);
        }
        job.styles().forEach((style, task) -> {
            if (task.callOpenSince() != null) {
                findings.add(Invariant.NO_ENDED_JOB_HAS_AN_OPEN_CALL,
                        "%s, but its call for the %s image is recorded as open since %s; it may have been billed,"
                                + " ask the provider",
                        job.status(), style.key(), task.callOpenSince());
            }
        });
    }

    private void style(Style style, StyleRecord task, Findings findings) {
        if (task.status() == JobStatus.COMPLETED && task.imageUrl() == null) {
            findings.add(Invariant.EVERY_ENDED_STYLE_SAYS_HOW,
                    "its %s image is COMPLETED, but has no link; request the image again", style.key());
        }
        if (task.status() == JobStatus.FAILED && task.error() == null) {
            findings.add(Invariant.EVERY_ENDED_STYLE_SAYS_HOW,
                    "its %s image is FAILED, but has no error; see the logs of the workers", style.key());
        }
    }

    private static class Findings {
        private final String key;
        private final List<Finding> all = new ArrayList<>();

        Findings(String key) {
            this.key = key;
        }

        void add(Invariant broken, String what, Object... args) {
            all.add(new Finding(broken, key, what.formatted(args)));
        }
    }
}
