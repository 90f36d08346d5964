package com.kt.event.content.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;
import com.kt.event.content.worker.ClaimPolicy.Limit;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Claims new jobs in a loop: reserves permits, waits at the queue for at most as many entries, and starts their jobs,
 * until there is no room left or the policy forbids more. A lost queue is retried until it is back.
 */
final class ClaimLoop {
    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);

    /** Below the queue client's read timeout, which takes a silent connection for a dead one. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Short, because a sweep may be waiting for the permit that the read holds. */
    private static final Duration LONGEST_WAIT_WITH_LAST_PERMIT = Duration.ofSeconds(1);
    private static final Duration PERMIT_POLL_INTERVAL = Duration.ofMillis(50);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** Every step takes seconds at most, even one that fails. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(1);

    /**
     * The loop's collaborators, as functions.
     *
     * @param limit how many jobs may be claimed at the moment
     * @param openGroup creates the queue's consumer group if Redis does not have it
     * @param take waits for new queue entries and returns at most as many; none once the wait is over
     * @param dispatch starts the entries' jobs
     * @param takeOver gets the permits for which no new entry came
     */
    record Steps(
            Supplier<Uni<Limit>> limit,
            Supplier<Uni<Void>> openGroup,
            BiFunction<Integer, Duration, Uni<List<QueueEntry>>> take,
            BiFunction<Reservation, List<QueueEntry>, Uni<Void>> dispatch,
            Function<Reservation, Uni<Void>> takeOver) {
    }

    private final InFlightJobs inFlight;
    private final TakeOverGuard guard;
    private final Steps steps;
    private final Duration heartbeat;
    private final LongSupplier nanoTime;

    /** Done while the loop does not run. */
    private volatile CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private volatile boolean groupIsOpen;
    private volatile boolean queueIsLost;
    /** In nanoTime. */
    private volatile long lastStep;

    ClaimLoop(InFlightJobs inFlight, TakeOverGuard guard, Steps steps, Duration heartbeat, LongSupplier nanoTime) {
        this.inFlight = inFlight;
        this.guard = guard;
        this.steps = steps;
        this.heartbeat = heartbeat;
        this.nanoTime = nanoTime;
        this.lastStep = nanoTime.getAsLong();
    }

    /** Runs the loop until it has to stop. Does nothing if it runs already, or if there is no room for a job. */
    Uni<Void> run() {
        CompletableFuture<Void> run = new CompletableFuture<>();
        if (!begin(run)) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy().repeating().uni(this::claimWithRetry).whilst(goOn -> goOn)
                .onItem().ignoreAsUni()
                .onTermination().invoke(() -> run.complete(null));
    }

    private synchronized boolean begin(CompletableFuture<Void> run) {
        if (inFlight.isFull()) {
            madeAStep();
            return false;
        }
        if (!running.isDone()) {
            return false;
        }
        running = run;
        return true;
    }

    private Uni<Boolean> claimWithRetry() {
        return Uni.createFrom().deferred(this::claimBatch)
                .onTermination().invoke(this::madeAStep)
                .onFailure().invoke(this::queueLost)
                .onFailure(failure -> !inFlight.isShutDown()).retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely()
                .onFailure().recoverWithItem(false);
    }

    /** Whether there may be more to claim at once. */
    private Uni<Boolean> claimBatch() {
        return steps.limit().get().chain(limit -> {
            Reservation permits = inFlight.reserve(Math.min(limit.jobs(), allButOne()));
            boolean othersReserveAll = limit != Limit.NONE && permits.left() == 0 && !inFlight.isFull();
            Uni<Boolean> claimed = othersReserveAll ? awaitPermits() : claim(permits);
            return claimed.map(goOn -> goOn && limit == Limit.BATCH && !inFlight.isFull())
                    .onTermination().invoke(permits::close);
        });
    }

    /** A sweep needs a permit while this loop waits at the queue. */
    private int allButOne() {
        return Math.max(1, inFlight.free() - 1);
    }

    /** A sweep holds all permits while it asks Redis. */
    private static Uni<Boolean> awaitPermits() {
        return Uni.createFrom().item(true).onItem().delayIt().by(PERMIT_POLL_INTERVAL);
    }

    /** Whether there was a permit to claim with. */
    private Uni<Boolean> claim(Reservation permits) {
        if (permits.left() == 0) {
            return Uni.createFrom().item(false);
        }
        Duration wait = longestWait();
        return openGroup()
                .chain(() -> steps.take().apply(permits.left(), wait))
                .invoke(this::queueFound)
                .call(entries -> steps.dispatch().apply(permits, entries))
                .call(() -> steps.takeOver().apply(permits))
                .replaceWith(true);
    }

    private Duration longestWait() {
        Duration longest = inFlight.free() == 0 ? LONGEST_WAIT_WITH_LAST_PERMIT : LONGEST_WAIT;
        return heartbeat.compareTo(longest) < 0 ? heartbeat : longest;
    }

    private Uni<Void> openGroup() {
        return groupIsOpen ? Uni.createFrom().voidItem() : steps.openGroup().get().invoke(() -> groupIsOpen = true);
    }

    private void queueLost(Throwable failure) {
        groupIsOpen = false;
        guard.failed();
        if (!queueIsLost && !inFlight.isShutDown()) {
            queueIsLost = true;
            LOG.errorf("cannot read the queue, retrying until it is back: %s", LogText.of(failure));
        }
    }

    private void queueFound() {
        guard.answered();
        if (queueIsLost) {
            queueIsLost = false;
            LOG.info("queue is readable again, claiming jobs");
        }
    }

    private void madeAStep() {
        lastStep = nanoTime.getAsLong();
    }

    /** Whether the queue's consumer group exists, as far as this instance knows. */
    boolean hasOpenedGroup() {
        return groupIsOpen;
    }

    /** Whether it should claim jobs but has not even tried to for a minute. */
    boolean isStuck() {
        return !inFlight.isFull() && nanoTime.getAsLong() - lastStep > STUCK_AFTER.toNanos();
    }

    /** Done while the loop does not run. */
    CompletableFuture<Void> end() {
        return running;
    }
}
