package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;

import com.kt.event.content.job.Job;

/** When to ask for a job again: soon at first, later the longer it already takes. In seconds. */
final class RetryAfter {
    static final long SHORTEST = 1;
    private static final long LONGEST = 15;

    private RetryAfter() {
    }

    /** @param pause how long the job waits for the provider at least; before that there is nothing new to see */
    static long of(Job job, Instant now, Duration pause) {
        long age = Duration.between(job.createdAt(), now).toSeconds();
        return Math.max(seconds(pause), Math.max(SHORTEST, Math.min(LONGEST, age / 10)));
    }

    /** Rounded up. */
    static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
