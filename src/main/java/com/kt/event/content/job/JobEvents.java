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
 * Tells whoever waits for a job when to look at it again: when it has changed, and now and then, for a hint may get lost.
 * However many wait here, Redis has one subscriber, and none where nobody waits.
 */
@ApplicationScoped
public class JobEvents {
    private static final Logger LOG = Logger.getLogger(JobEvents.class);

    private static final long TICK_MILLIS = 1_000;

    /** How many ticks somebody may go without a hint while hints come in. While they do not, each tick is one. */
    private static final int LONGEST_SILENCE = 5;

    private final EventSubscription subscription;
    private final ScheduledExecutorService timer;

    /** By job. This and what follows is guarded by this. */
    private final Map<String, Set<Waiter>> waiters = new HashMap<>();
    private ScheduledFuture<?> ticks;

    private volatile boolean stopping;

    JobEvents(EventSubscription subscription, @Identifier("time-limits") ScheduledExecutorService timer) {
        this.subscription = subscription;
        this.timer = timer;
    }

    /**
     * The job's id, each time that it should be looked at, beginning now. To whoever is slow, several hints are one. Ends
     * by itself when this instance is about to stop, so that whoever waits can go and wait elsewhere.
     */
    public Multi<String> of(String jobId) {
        return Multi.createFrom().emitter(emitter -> {
            Waiter waiter = new Waiter(jobId, emitter);
            enter(waiter);
            emitter.onTermination(() -> leave(waiter));
            waiter.look();
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
            subscription.open(this::hint, () -> look(all()));
            // Not at a fixed rate, which would make up for all the ticks of an instance that was frozen at once.
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
        look(waitersOf(jobId));
    }

    private void tick() {
        int silence = subscription.isUp() ? LONGEST_SILENCE : 1;
        look(all().stream().filter(waiter -> ++waiter.silentTicks >= silence).toList());
    }

    /** One by one, and outside of the lock: what they do then, and how that fails, is their own affair. */
    private static void look(List<Waiter> waiters) {
        for (Waiter waiter : waiters) {
            try {
                waiter.look();
            } catch (RuntimeException e) {
                LOG.errorf(e, "job %s: who waits for it could not be told to look", LogText.jobId(waiter.jobId));
            }
        }
    }

    private synchronized List<Waiter> waitersOf(String jobId) {
        return List.copyOf(waiters.getOrDefault(jobId, Set.of()));
    }

    private synchronized List<Waiter> all() {
        return waiters.values().stream().flatMap(Set::stream).toList();
    }

    /** One who waits. */
    private static final class Waiter {
        private final String jobId;
        private final MultiEmitter<? super String> emitter;
        private volatile int silentTicks;

        private Waiter(String jobId, MultiEmitter<? super String> emitter) {
            this.jobId = jobId;
            this.emitter = emitter;
        }

        private void look() {
            silentTicks = 0;
            emitter.emit(jobId);
        }

        private void endWaiting() {
            emitter.complete();
        }
    }
}
