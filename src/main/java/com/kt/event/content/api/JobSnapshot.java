package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;

import com.kt.event.content.job.Job;

/**
 * A job as it was read at one moment.
 *
 * @param pause how long it waits for the provider, zero if it does not
 * @param at when it was read
 */
record JobSnapshot(Job job, Duration pause, Instant at) {
    JobTag tag() {
        return JobTag.of(job, pause, at);
    }

    /** Whether both are the same to a client. */
    boolean isSameAs(JobSnapshot other) {
        return tag().matches(other.tag());
    }

    boolean isLast() {
        return job.ended();
    }
}
