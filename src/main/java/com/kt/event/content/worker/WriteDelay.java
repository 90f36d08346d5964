package com.kt.event.content.worker;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Delays a write until all values are there that it can be for, or for a short time. */
final class WriteDelay implements Executor {
    private final BooleanSupplier isComplete;
    private final Duration longest;
    private final ScheduledExecutorService timer;
    private final Executor endOfTick;
    /** The write that is delayed; null if none is. */
    private Runnable delayed;

    /** @param endOfTick runs a task after those that are due already */
    WriteDelay(BooleanSupplier isComplete, Duration longest, ScheduledExecutorService timer, Executor endOfTick) {
        this.isComplete = isComplete;
        this.longest = longest;
        this.timer = timer;
        this.endOfTick = endOfTick;
    }

    @Override
    public void execute(Runnable write) {
        synchronized (this) {
            delayed = write;
        }
        if (!check()) {
            timer.schedule(() -> endOfTick.execute(this::start), longest.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Starts a delayed write at the end of the tick if all values are there now. Returns whether they are. */
    boolean check() {
        boolean complete = isComplete.getAsBoolean();
        if (complete) {
            endOfTick.execute(this::start);
        }
        return complete;
    }

    private void start() {
        Runnable write;
        synchronized (this) {
            write = delayed;
            delayed = null;
        }
        if (write != null) {
            write.run();
        }
    }
}
