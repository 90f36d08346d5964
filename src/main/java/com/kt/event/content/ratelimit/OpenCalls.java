package com.kt.event.content.ratelimit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The calls of this instance that are under way, which Redis counts for as long as they are renewed. */
final class OpenCalls {
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer;
    private final Consumer<Collection<String>> renew;
    private final LongSupplier nanoTime;
    private final Duration longest;
    private final Map<String, Long> beganAt = new ConcurrentHashMap<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    /**
     * @param renew is called every ten seconds, with the ids, while there are any
     * @param longest that a call takes; one that was lost would otherwise count for good
     */
    OpenCalls(ScheduledExecutorService timer, Consumer<Collection<String>> renew, LongSupplier nanoTime,
            Duration longest) {
        this.longest = longest;
        this.timer = timer;
        this.renew = renew;
        this.nanoTime = nanoTime;
    }

    void add(String id) {
        beganAt.put(id, nanoTime.getAsLong());
        renewLater();
    }

    /** Whether it was there. */
    boolean remove(String id) {
        return beganAt.remove(id) != null;
    }

    private void renewLater() {
        if (isScheduled.compareAndSet(false, true)) {
            timer.schedule(this::renewAll, RENEWAL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void renewAll() {
        isScheduled.set(false);
        long now = nanoTime.getAsLong();
        beganAt.values().removeIf(began -> now - began > longest.toNanos());
        List<String> ids = List.copyOf(beganAt.keySet());
        if (!ids.isEmpty()) {
            renew.accept(ids);
            renewLater();
        }
    }
}
