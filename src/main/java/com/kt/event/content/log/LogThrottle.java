package com.kt.event.content.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Limits each kind of log message to one in a period. */
public final class LogThrottle {
    /** A bound for kinds that are derived from input. */
    private static final int MOST_KINDS = 1_000;

    private final Map<String, Long> loggedAt = new ConcurrentHashMap<>();
    private final long pauseNanos;
    private final LongSupplier nanoTime;

    public LogThrottle(Duration pause) {
        this(pause, System::nanoTime);
    }

    LogThrottle(Duration pause, LongSupplier nanoTime) {
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether a message of this kind may be logged now. If so, the next one may not be logged for the period. */
    public boolean permits(String kind) {
        long now = nanoTime.getAsLong();
        if (loggedAt.size() >= MOST_KINDS && !loggedAt.containsKey(kind)) {
            loggedAt.values().removeIf(at -> now - at >= pauseNanos);
            if (loggedAt.size() >= MOST_KINDS) {
                return false;
            }
        }
        Long last = loggedAt.get(kind);
        if (last != null && now - last < pauseNanos) {
            return false;
        }
        return last == null ? loggedAt.putIfAbsent(kind, now) == null : loggedAt.replace(kind, last, now);
    }
}
