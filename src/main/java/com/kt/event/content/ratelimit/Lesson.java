package com.kt.event.content.ratelimit;

import java.time.Duration;

/**
 * What is learned from a response.
 *
 * @param limit the most calls in a minute; 0 if nothing is known about it
 * @param remaining how many of them are left; -1 if that is not known
 * @param pause how long no call goes out
 * @param interval the shortest time between two calls; zero if none is needed
 */
record Lesson(int limit, int remaining, Duration pause, Duration interval) {
    static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Only a limit that is stricter than the configured one counts. */
    static Lesson of(ResponseLimits seen, CallLimits configured) {
        boolean isStricter = seen.limit() > 0 && !seen.isOfOne()
                && (configured.perMinute() == 0 || seen.limit() < configured.perMinute());
        int limit = isStricter ? seen.limit() : 0;
        int known = isStricter ? limit : configured.perMinute();
        return new Lesson(limit, isStricter ? seen.remaining() : -1,
                shorter(seen.exhausted(), LONGEST_PAUSE), interval(seen, known));
    }

    /**
     * Calls that are refused although this service keeps to a limit came too fast after each other: the provider allows fewer
     * at once than in a minute. Spread evenly, they are as many. Without a known limit a refusal teaches nothing: it may be due
     * to an overload that passes, and the breaker waits for its end.
     */
    private static Duration interval(ResponseLimits seen, int known) {
        Duration interval = seen.isOfOne() ? seen.reset() : Duration.ZERO;
        if (seen.isRefusal() && known > 0) {
            Duration even = Duration.ofMinutes(1).dividedBy(known);
            interval = interval.compareTo(even) > 0 ? interval : even;
        }
        return shorter(interval, LONGEST_INTERVAL);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    boolean isNothing() {
        return limit == 0 && pause.isZero() && interval.isZero();
    }

    /** Whether it says no more than that there is a limit which the known one keeps. */
    boolean isLooser(int knownLimit) {
        return limit > knownLimit && pause.isZero() && interval.isZero();
    }

    /** Whether it says no more than that the limit is as it was, and far from being reached. */
    boolean isConfirmation(int knownLimit) {
        return limit == knownLimit && pause.isZero() && interval.isZero() && remaining > limit / 2;
    }
}
