package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long this instance makes no calls, whatever Redis says: it may not know yet, or not reply. */
final class LocalPause {
    private final LongSupplier nanoTime;
    private long until;
    private long retryAfterUntil;

    LocalPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
        this.retryAfterUntil = until;
    }

    /** Pauses for this time from now, even if the pause was to last longer. */
    synchronized void set(Duration pause) {
        until = nanoTime.getAsLong() + pause.toNanos();
    }

    /** Pauses for at least the time that the provider asked for; no later call shortens that. */
    synchronized void atLeast(Duration retryAfter) {
        retryAfterUntil = later(retryAfterUntil, nanoTime.getAsLong() + retryAfter.toNanos());
    }

    synchronized Duration remaining() {
        long nanos = later(until, retryAfterUntil) - nanoTime.getAsLong();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** Values of System.nanoTime may overflow, so they are compared by their difference. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
