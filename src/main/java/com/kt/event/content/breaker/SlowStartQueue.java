package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.kt.event.content.breaker.SlowStart.Place;
import com.kt.event.content.breaker.SlowStart.Turn;

import io.smallrye.mutiny.Uni;

/** Has calls wait for their turn while {@link SlowStart} lets only some go, and lets time pass there. */
final class SlowStartQueue {
    private static final Duration GROWTH = Duration.ofSeconds(5);

    private final SlowStart slowStart = new SlowStart();
    private final ScheduledExecutorService timer;
    private final AtomicBoolean growing = new AtomicBoolean();

    SlowStartQueue(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** There is a pause. */
    void begin() {
        slowStart.begin();
    }

    /** The probe was answered. */
    void answered() {
        slowStart.answered();
    }

    /**
     * A place, to be left again; or none, where there is a pause meanwhile.
     *
     * @param mayGo whether there still is no pause, asked of those who had to wait for their turn
     */
    Uni<Optional<Place>> place(Supplier<Uni<Boolean>> mayGo) {
        AtomicReference<Turn> asked = new AtomicReference<>();
        if (!slowStart.isLimited()) {
            return turn(asked);
        }
        growInTime();
        return turn(asked)
                .chain(place -> mayGo.get().map(goes -> goes ? place : Optional.<Place>empty()))
                .onFailure().recoverWithItem(Optional.empty())
                .invoke(place -> {
                    if (place.isEmpty()) {
                        asked.get().giveUp();
                    }
                })
                .onCancellation().invoke(() -> asked.get().giveUp());
    }

    private static void ask(AtomicReference<Turn> asked, Turn turn) {
        // Known before it is asked for: the answer may come at once.
        asked.set(turn);
        turn.ask();
    }

    private Uni<Optional<Place>> turn(AtomicReference<Turn> asked) {
        return Uni.createFrom().emitter(emitter -> ask(asked, slowStart.turn(emitter::complete)));
    }

    private void growInTime() {
        if (growing.compareAndSet(false, true)) {
            timer.schedule(() -> {
                growing.set(false);
                if (slowStart.grow()) {
                    growInTime();
                }
            }, GROWTH.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
