package com.kt.event.content;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.smallrye.common.annotation.Identifier;

/**
 * Hands out the one clock of the service, so that a test can hand out another, and the one timer of its time limits.
 */
class ClockProducer {
    /** It counts milliseconds, as Redis's TTLs do. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** Measures how long something takes, which no clock does that may be set. */
    @Produces
    @Singleton
    @Identifier("nano-time")
    LongSupplier nanoTime() {
        return System::nanoTime;
    }

    /**
     * Mutiny's own timer keeps the task of a limit that was met until it would have struck, and with it whatever was
     * waited for: for a job that is the better part of an hour.
     */
    @Produces
    @Singleton
    @Identifier("time-limits")
    ScheduledExecutorService timeLimits() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "time-limits");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    void stop(@Disposes @Identifier("time-limits") ScheduledExecutorService timeLimits) {
        timeLimits.shutdownNow();
    }
}
