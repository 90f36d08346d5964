package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Until when this instance does not call, whatever Redis says, for it may not know yet, or not answer. */
final class LocalPause {
    private final LongSupplier nanoTime;
    private long until;
    private long namedUntil;

    LocalPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
        this.namedUntil = until;
    }

    /** From now on for {@code wait}, be it that it was to last longer. */
    synchronized void set(Duration wait) {
        until = nanoTime.getAsLong() + wait.toNanos();
    }

    /** The provider itself asked for it: not before that time, whatever begins or ends meanwhile. */
    synchronized void named(Duration asked) {
        namedUntil = later(namedUntil, nanoTime.getAsLong() + asked.toNanos());
    }

    synchronized Duration left() {
        long nanos = later(until, namedUntil) - nanoTime.getAsLong();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** Times of System.nanoTime may only be subtracted from each other. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
