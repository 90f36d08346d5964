package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;

import com.kt.event.content.job.Job;

/**
 * A job as it was seen at one moment.
 *
 * @param pause how long it waits for the provider, zero where it does not
 */
record JobSnapshot(Job job, Duration pause, Instant at) {
    JobTag tag() {
        return JobTag.of(job, pause, at);
    }

    /** Whether a client that has seen the other one learns nothing from this one. */
    boolean isSameAs(JobSnapshot other) {
        return tag().matches(other.tag());
    }

    boolean isLast() {
        return job.ended();
    }
}
