package com.kt.event.content.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.kt.event.content.job.Job;

/**
 * What one answer for a job is known by: the job's version and, while the job waits for the provider, roughly until when.
 * Roughly, because that is never seen the same to the millisecond twice, and nobody is helped by a new answer each second.
 *
 * @param pauseEnd in units of ten seconds; zero where the job does not wait
 */
record JobTag(long version, long pauseEnd) {
    /** Behind ours, a proxy that compresses or rewrites the answer puts a suffix: {@code 4-gzip}, {@code 4;br}. */
    private static final Pattern TAG = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?(?:[^0-9-].*|-+[^0-9].*)?");
    private static final long UNIT_SECONDS = 10;

    /** @param pause how long the job waits for the provider, zero where it does not */
    static JobTag of(Job job, Duration pause, Instant now) {
        return new JobTag(job.version(), pause.isZero() ? 0 : now.plus(pause).getEpochSecond() / UNIT_SECONDS);
    }

    /** Empty for a tag that is none of ours. */
    static Optional<JobTag> parse(String tag) {
        Matcher parts = TAG.matcher(tag);
        return parts.matches()
                ? Optional.of(new JobTag(Long.parseLong(parts.group(1)),
                        parts.group(2) == null ? 0 : Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** Whether both stand for the same answer. The same end may be rounded one way here and the other way there. */
    boolean matches(JobTag other) {
        return version == other.version && (pauseEnd == 0) == (other.pauseEnd == 0)
                && Math.abs(pauseEnd - other.pauseEnd) <= 1;
    }

    /** As in the header ETag. Weak, where it does not stand for the same bytes each time: they count the seconds. */
    String toHeader() {
        return pauseEnd == 0 ? "\"" + version + "\"" : "W/\"" + version + "-" + pauseEnd + "\"";
    }
}
