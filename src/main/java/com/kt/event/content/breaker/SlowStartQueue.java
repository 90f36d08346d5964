package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.kt.event.content.breaker.SlowStart.Permit;
import com.kt.event.content.breaker.SlowStart.Waiter;

import io.smallrye.mutiny.Uni;

/** Lets calls wait for a permit of {@link SlowStart}, whose limit it raises with time. */
final class SlowStartQueue {
    private static final Duration GROWTH_INTERVAL = Duration.ofSeconds(5);

    private final SlowStart slowStart = new SlowStart();
    private final ScheduledExecutorService timer;
    private final AtomicBoolean growing = new AtomicBoolean();

    SlowStartQueue(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** The breaker is open. */
    void restart() {
        slowStart.restart();
    }

    void probeSucceeded() {
        slowStart.probeSucceeded();
    }

    /**
     * A permit, to be released; or none if the breaker opens before.
     *
     * @param isClosed whether the breaker still is closed, asked again after a wait
     */
    Uni<Optional<Permit>> acquire(Supplier<Uni<Boolean>> isClosed) {
        AtomicReference<Waiter> waiter = new AtomicReference<>();
        if (!slowStart.isLimited()) {
            return enqueue(waiter);
        }
        growWithTime();
        return enqueue(waiter)
                .chain(permit -> isClosed.get().map(closed -> closed ? permit : Optional.<Permit>empty()))
                .onFailure().recoverWithItem(Optional.empty())
                .invoke(permit -> {
                    if (permit.isEmpty()) {
                        waiter.get().cancel();
                    }
                })
                .onCancellation().invoke(() -> waiter.get().cancel());
    }

    /** A permit if there is one without waiting, and nobody waits for it. */
    Optional<Permit> tryNow() {
        if (slowStart.isLimited()) {
            growWithTime();
        }
        return slowStart.tryNow();
    }

    private Uni<Optional<Permit>> enqueue(AtomicReference<Waiter> waiter) {
        return Uni.createFrom().emitter(emitter -> {
            // Set first: the callback may come at once.
            waiter.set(slowStart.waiter(emitter::complete));
            waiter.get().enqueue();
        });
    }

    private void growWithTime() {
        if (growing.compareAndSet(false, true)) {
            timer.schedule(() -> {
                growing.set(false);
                if (slowStart.grow()) {
                    growWithTime();
                }
            }, GROWTH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
