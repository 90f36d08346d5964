package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells a failure that persists, which is worth a line in the log, from one that passes by itself. */
final class PersistentFailure {
    private final long limit;
    private final LongSupplier nanoTime;
    private boolean isFailing;
    private boolean isReported;
    private long since;

    PersistentFailure(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized void recovered() {
        isFailing = false;
        isReported = false;
    }

    /** Notes a failure. True once per outage, when it has lasted for the limit: it is to be reported now. */
    synchronized boolean failed() {
        long now = nanoTime.getAsLong();
        if (!isFailing) {
            isFailing = true;
            since = now;
        }
        boolean isDue = !isReported && now - since >= limit;
        isReported |= isDue;
        return isDue;
    }
}
