package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;

import com.kt.event.content.job.Job;

/**
 * A job as it was read at one moment.
 *
 * @param waiting for the provider
 * @param at when it was read
 */
record JobSnapshot(Job job, JobWait waiting, Instant at) {
    /** How long it waits for the provider; zero if it does not. */
    Duration pause() {
        return waiting.remaining();
    }

    JobTag tag() {
        return JobTag.of(job, pause(), at);
    }

    /** Whether both are the same to a client. */
    boolean isSameAs(JobSnapshot other) {
        return tag().matches(other.tag());
    }

    boolean isLast() {
        return job.ended();
    }
}
