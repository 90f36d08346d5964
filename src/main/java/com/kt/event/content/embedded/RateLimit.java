package com.kt.event.content.embedded;

import java.time.Duration;
import java.util.Optional;

/** One call in each interval. */
final class RateLimit {
    private final long intervalNanos;
    private boolean isUsed;
    private long lastNanos;

    RateLimit(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** Empty if the call may be made now, which counts as made; otherwise the seconds until it may be. */
    synchronized Optional<String> secondsToWait() {
        long now = System.nanoTime();
        long left = isUsed ? intervalNanos - (now - lastNanos) : 0;
        if (left > 0) {
            return Optional.of(Long.toString(Duration.ofNanos(left).toSeconds() + 1));
        }
        isUsed = true;
        lastNanos = now;
        return Optional.empty();
    }
}
