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
 * Produces the clock of the service, which tests can replace, and the timer of its time limits.
 */
class ClockProducer {
    /** In milliseconds, like Redis's TTLs. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    /** Measures elapsed time, for which a clock that can be set is not suitable. */
    @Produces
    @Singleton
    @Identifier("nano-time")
    LongSupplier nanoTime() {
        return System::nanoTime;
    }

    /**
     * Mutiny's own scheduler keeps the task of a limit that was met until its time, and with it everything that the task
     * refers to: for a job up to 50 minutes. {@code setRemoveOnCancelPolicy} has no effect there, because
     * {@code MutinyScheduler} decorates its tasks and the queue does not recognise the inner task that is cancelled
     * (3.1.1; {@code ClockProducerTest} fails once this timer is no longer needed).
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
