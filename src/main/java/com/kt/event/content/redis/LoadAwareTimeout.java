package com.kt.event.content.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.netty.util.concurrent.EventExecutor;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/**
 * A time limit that counts only the time that Redis took. While an event loop is busy (class loading, a garbage collection,
 * a machine without a free processor), a response may have arrived unread, and a command may not even be sent.
 *
 * <p>So time is counted in ticks. At each tick a timer submits a task to each event loop, and it counts no further tick
 * until all of them have run it. The timer runs only while a limit is pending.
 */
@ApplicationScoped
class LoadAwareTimeout {
    static final Duration TICK = Duration.ofMillis(100);

    private final Iterable<EventExecutor> eventLoops;
    private final ScheduledExecutorService timer;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isTicking = new AtomicBoolean();
    private final AtomicInteger busyLoops = new AtomicInteger();

    /** Vert.x 5 has the event loops elsewhere, and Vert.x 4 nowhere else. */
    @SuppressWarnings("deprecation")
    @Inject
    LoadAwareTimeout(Vertx vertx, @Identifier("time-limits") ScheduledExecutorService timer) {
        this(vertx.nettyEventLoopGroup(), timer);
    }

    LoadAwareTimeout(Iterable<EventExecutor> eventLoops, ScheduledExecutorService timer) {
        this.eventLoops = eventLoops;
        this.timer = timer;
    }

    /**
     * The result of the work, or a {@link TimeoutException}, and then the work is cancelled. Time before the work first
     * waits is not counted.
     */
    <T> Uni<T> limit(Uni<T> work, Duration limit) {
        return Uni.createFrom().emitter(emitter -> {
            Cancellable started = work.subscribe().with(emitter::complete, emitter::fail);
            Wait wait = new Wait(emitter, limit.toMillis() / TICK.toMillis());
            waits.add(wait);
            startTicking();
            emitter.onTermination(() -> {
                waits.remove(wait);
                started.cancel();
            });
        });
    }

    private void startTicking() {
        if (isTicking.compareAndSet(false, true)) {
            probeEventLoops();
            scheduleTick();
        }
    }

    private void scheduleTick() {
        timer.schedule(this::tick, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (busyLoops.get() == 0) {
            waits.forEach(Wait::count);
            probeEventLoops();
        }
        if (!waits.isEmpty()) {
            scheduleTick();
            return;
        }
        isTicking.set(false);
        if (!waits.isEmpty()) {
            startTicking();
        }
    }

    private void probeEventLoops() {
        for (EventExecutor loop : eventLoops) {
            busyLoops.incrementAndGet();
            try {
                loop.execute(busyLoops::decrementAndGet);
            } catch (RejectedExecutionException e) {
                // It is shutting down.
                busyLoops.decrementAndGet();
            }
        }
    }

    /** Whether no limit is pending and the timer has stopped. */
    boolean isIdle() {
        return waits.isEmpty() && !isTicking.get();
    }

    private static final class Wait {
        private final UniEmitter<?> emitter;
        /** Changed by the timer only. */
        private long ticksLeft;

        private Wait(UniEmitter<?> emitter, long ticks) {
            this.emitter = emitter;
            this.ticksLeft = ticks;
        }

        private void count() {
            ticksLeft--;
            if (ticksLeft == 0) {
                emitter.fail(new TimeoutException());
            }
        }
    }
}
