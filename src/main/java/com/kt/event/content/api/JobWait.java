package com.kt.event.content.api;

import java.time.Duration;

/**
 * What a job waits for before the next call of a provider.
 *
 * @param remaining zero if it does not wait
 */
record JobWait(Duration remaining, Reason reason) {
    static final JobWait NONE = new JobWait(Duration.ZERO, Reason.OUTAGE);

    enum Reason {
        /** The end of the breaker's pause. */
        OUTAGE,
        /** The provider's limit of calls in a minute. */
        LIMIT,
        /** The end of another call: the provider's limit of calls at a time. How long that takes is not known. */
        OTHERS
    }

    static JobWait outage(Duration remaining) {
        return new JobWait(remaining, Reason.OUTAGE);
    }

    boolean isNone() {
        return remaining.isZero();
    }

    JobWait shorter(JobWait other) {
        return remaining.compareTo(other.remaining) <= 0 ? this : other;
    }
}
