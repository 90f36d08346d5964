package com.kt.event.content.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.kt.event.content.log.LogText;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

/**
 * Signals when a job should be read again: when it has changed, and periodically, since a hint may get lost. All waiters of
 * an instance share one Redis subscription, which exists only while there are waiters.
 */
@ApplicationScoped
public class JobEvents {
    private static final Logger LOG = Logger.getLogger(JobEvents.class);

    private static final long TICK_MILLIS = 1_000;

    /** A waiter is signalled after this many ticks without a hint; after one tick while the subscription is down. */
    private static final int MAX_SILENT_TICKS = 5;

    private final EventSubscription subscription;
    private final ScheduledExecutorService timer;

    /** By job id. This and the following are guarded by this. */
    private final Map<String, Set<Waiter>> waiters = new HashMap<>();
    private ScheduledFuture<?> ticks;

    private volatile boolean stopping;

    JobEvents(EventSubscription subscription, @Identifier("time-limits") ScheduledExecutorService timer) {
        this.subscription = subscription;
        this.timer = timer;
    }

    /**
     * Emits the job's id each time the job should be read, starting now. Hints to a slow subscriber are merged. Completes
     * when this instance is about to stop, so that the client can wait at another instance.
     */
    public Multi<String> of(String jobId) {
        return Multi.createFrom().emitter(emitter -> {
            Waiter waiter = new Waiter(jobId, emitter);
            enter(waiter);
            emitter.onTermination(() -> leave(waiter));
            waiter.signal();
            if (stopping) {
                waiter.endWaiting();
            }
        }, BackPressureStrategy.LATEST);
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        all().forEach(Waiter::endWaiting);
    }

    private synchronized void enter(Waiter waiter) {
        if (waiters.isEmpty()) {
            subscription.open(this::hint, () -> signal(all()));
            // At a fixed rate, an instance that was frozen would make up for all missed ticks at once.
            ticks = timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        waiters.computeIfAbsent(waiter.jobId, id -> new HashSet<>()).add(waiter);
    }

    private synchronized void leave(Waiter waiter) {
        Set<Waiter> ofJob = waiters.get(waiter.jobId);
        if (ofJob == null || !ofJob.remove(waiter)) {
            return;
        }
        if (ofJob.isEmpty()) {
            waiters.remove(waiter.jobId);
        }
        if (waiters.isEmpty()) {
            ticks.cancel(false);
            subscription.close();
        }
    }

    private void hint(String jobId) {
        signal(waitersOf(jobId));
    }

    private void tick() {
        int silence = subscription.isUp() ? MAX_SILENT_TICKS : 1;
        signal(all().stream().filter(waiter -> ++waiter.silentTicks >= silence).toList());
    }

    /** Outside of the lock, and each on its own: a subscriber that fails must not affect the others. */
    private static void signal(List<Waiter> waiters) {
        for (Waiter waiter : waiters) {
            try {
                waiter.signal();
            } catch (RuntimeException e) {
                LOG.errorf(e, "job %s: a waiter failed on a change, the others are signalled",
                        LogText.jobId(waiter.jobId));
            }
        }
    }

    private synchronized List<Waiter> waitersOf(String jobId) {
        return List.copyOf(waiters.getOrDefault(jobId, Set.of()));
    }

    private synchronized List<Waiter> all() {
        return waiters.values().stream().flatMap(Set::stream).toList();
    }

    /** One subscriber. */
    private static final class Waiter {
        private final String jobId;
        private final MultiEmitter<? super String> emitter;
        private volatile int silentTicks;

        private Waiter(String jobId, MultiEmitter<? super String> emitter) {
            this.jobId = jobId;
            this.emitter = emitter;
        }

        private void signal() {
            silentTicks = 0;
            emitter.emit(jobId);
        }

        private void endWaiting() {
            emitter.complete();
        }
    }
}
