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
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/**
 * Limits how long is waited for Redis, and counts only time that Redis took. While an event loop is busy with something
 * else (classes that are loaded, a garbage collection, a machine without a free processor), an answer may be there and
 * nobody has read it, and a command may not even be sent.
 *
 * <p>So time is counted in ticks, by a timer that asks each event loop for a sign of life at each tick, and counts no tick
 * until all of them have given it. The timer runs only while somebody waits.
 */
@ApplicationScoped
class LoadAwareTimeout {
    static final Duration TICK = Duration.ofMillis(100);

    private final Iterable<EventExecutor> eventLoops;
    private final ScheduledExecutorService timer;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isTicking = new AtomicBoolean();
    private final AtomicInteger silentLoops = new AtomicInteger();

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
     * The same, or a {@link TimeoutException}, and then the work is cancelled. What is done before the work's first wait
     * is not counted.
     */
    <T> Uni<T> limit(Uni<T> work, Duration limit) {
        return Uni.join().first(work, this.<T>expiry(limit.dividedBy(TICK))).toTerminate();
    }

    private <T> Uni<T> expiry(long ticks) {
        return Uni.createFrom().emitter(emitter -> {
            Wait wait = new Wait(emitter, ticks);
            waits.add(wait);
            emitter.onTermination(() -> waits.remove(wait));
            startTicking();
        });
    }

    private void startTicking() {
        if (isTicking.compareAndSet(false, true)) {
            askEventLoops();
            scheduleTick();
        }
    }

    private void scheduleTick() {
        timer.schedule(this::tick, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (silentLoops.get() == 0) {
            waits.forEach(Wait::count);
            askEventLoops();
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

    private void askEventLoops() {
        for (EventExecutor loop : eventLoops) {
            silentLoops.incrementAndGet();
            try {
                loop.execute(silentLoops::decrementAndGet);
            } catch (RejectedExecutionException e) {
                // It is being shut down, and answers nobody any more.
                silentLoops.decrementAndGet();
            }
        }
    }

    /** Whether nobody waits and nothing ticks. */
    boolean isIdle() {
        return waits.isEmpty() && !isTicking.get();
    }

    private static final class Wait {
        private final UniEmitter<?> emitter;
        /** Only the timer counts. */
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
