package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;

import com.kt.event.content.job.Job;

/** The seconds to wait before the next request for a job: a tenth of the job's age, within limits. */
final class RetryAfter {
    private static final long SHORTEST = 1;
    static final String SHORTEST_TEXT = Long.toString(SHORTEST);
    private static final long LONGEST = 15;

    private RetryAfter() {
    }

    /** @param pause how long the job waits for the provider; it does not change before that */
    static long of(Job job, Instant now, Duration pause) {
        long age = Duration.between(job.createdAt(), now).toSeconds();
        return Math.max(seconds(pause), Math.max(SHORTEST, Math.min(LONGEST, age / 10)));
    }

    /** Rounded up. */
    static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
