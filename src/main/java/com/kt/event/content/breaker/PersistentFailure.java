package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What passes by itself within a time is not worth a line in the log; what does not is worth one. */
final class PersistentFailure {
    private final long limit;
    private final LongSupplier nanoTime;
    private boolean isThere;
    private boolean isSaid;
    private long since;

    PersistentFailure(Duration limit, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized void isOver() {
        isThere = false;
        isSaid = false;
    }

    /** It is there (still). Answers whether it is to be said now: once it has lasted for long. */
    synchronized boolean isToBeSaid() {
        long now = nanoTime.getAsLong();
        if (!isThere) {
            isThere = true;
            since = now;
        }
        boolean isLong = !isSaid && now - since >= limit;
        isSaid |= isLong;
        return isLong;
    }
}
