package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.job.Job;

/**
 * The entity tag of a job's representation: the job's version and, while the job waits for the provider, the approximate
 * end of the pause. Approximate, because two reads never compute the same end to the millisecond, and a new representation
 * each second would help no client.
 *
 * @param pauseEnd in units of ten seconds since the epoch; zero if the job does not wait
 */
record JobTag(long version, long pauseEnd) {
    /** A proxy that compresses or rewrites the response appends a suffix: {@code 4-gzip}, {@code 4;br}. */
    private static final Pattern TAG = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?(?:[^0-9-].*|-+[^0-9].*)?");
    private static final long UNIT_SECONDS = 10;

    /** @param pause how long the job waits for the provider, zero if it does not */
    static JobTag of(Job job, Duration pause, Instant now) {
        return new JobTag(job.version(), pause.isZero() ? 0 : now.plus(pause).getEpochSecond() / UNIT_SECONDS);
    }

    /** Empty for a tag that this service did not create. */
    static Optional<JobTag> parse(String tag) {
        Matcher parts = TAG.matcher(tag);
        return parts.matches()
                ? Optional.of(new JobTag(Long.parseLong(parts.group(1)),
                        parts.group(2) == null ? 0 : Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** Whether both stand for the same representation. One end may have been rounded up, and the other down. */
    boolean matches(JobTag other) {
        return version == other.version && (pauseEnd == 0) == (other.pauseEnd == 0)
                && Math.abs(pauseEnd - other.pauseEnd) <= 1;
    }

    /** The value of the header ETag. Weak while the job waits, because the body then counts the seconds. */
    String toHeader() {
        return pauseEnd == 0 ? "\"" + version + "\"" : "W/\"" + version + "-" + pauseEnd + "\"";
    }
}
