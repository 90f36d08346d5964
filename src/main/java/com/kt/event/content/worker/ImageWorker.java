package com.kt.event.content.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.kt.event.content.breaker.BreakerState;
import com.kt.event.content.breaker.BreakerState.Phase;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The background worker. It waits at the queue and so starts a job the moment it is accepted; the schedule only makes
 * sure that the waiting goes on, whatever ended it. Redis keeps workers apart: a job runs where its lease is.
 */
@ApplicationScoped
public class ImageWorker {
    private static final Logger LOG = Logger.getLogger(ImageWorker.class);

    /** Shorter than the queue client's read timeout, which takes a silent connection for a dead one. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Whoever looks for stalled jobs meanwhile has to wait until the last permit comes back. */
    private static final Duration WAIT_WITH_THE_LAST_PERMIT = Duration.ofSeconds(1);
    private static final Duration PERMITS_COME_BACK = Duration.ofMillis(50);
    private static final int LARGEST_BATCH = 64;
    private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(3);
    private static final Duration LAST_LOOK = Duration.ofMillis(300);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** Each step of the loop takes seconds at most, be it that it fails. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** What was handed back and is overdue is found by reading the whole queue, and that need not be often. */
    private static final Duration WHOLE_QUEUE = Duration.ofMinutes(1);

    private final JobQueue queue;
    private final JobStore jobStore;
    private final EntryRunner runner;
    private final SharedBreaker gate;
    private final WorkerConfig config;
    private final JobConfig jobConfig;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RedisLimit redis;

    private final InFlightJobs inFlight;
    private final TakeOverGuard guard;
    private final LeaseRenewal renewal;
    /** Done while nobody waits at the queue. */
    private volatile CompletableFuture<Void> claiming = CompletableFuture.completedFuture(null);
    private volatile boolean groupIsOpen;
    private volatile boolean queueIsLost;
    /** Whether a look for stalled jobs waits for the permits that the loop holds. */
    private volatile boolean takeOverIsDue;
    private volatile boolean stopping;
    /** When the loop last did anything, and when the whole queue was last looked through. In nanoTime. */
    private volatile long lastStep;
    private volatile long lastWholeLook;

    ImageWorker(JobQueue queue, JobStore jobStore, EntryRunner runner, SharedBreaker gate, WorkerConfig config,
            JobConfig jobConfig, Clock clock, @Identifier("nano-time") LongSupplier nanoTime, RedisLimit redis) {
        this.queue = queue;
        this.jobStore = jobStore;
        this.runner = runner;
        this.gate = gate;
        this.config = config;
        this.jobConfig = jobConfig;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.redis = redis;
        this.inFlight = new InFlightJobs(config.maxInFlight());
        this.guard = new TakeOverGuard(config.lease(), config.heartbeat(), nanoTime);
        this.renewal = new LeaseRenewal(inFlight, queue, jobStore, guard, config.lease(), redis);
        this.lastStep = nanoTime.getAsLong();
        this.lastWholeLook = lastStep - WHOLE_QUEUE.toNanos() - 1;
    }

    /** Jobs that come now are for others, which need not wait until the requests that are under way here have ended. */
    void stopClaiming(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    /** Claims nothing more, lets finish what ends within the grace period, and hands the rest to other instances. */
    void drain() {
        stopping = true;
        CompletableFuture<?>[] jobs = inFlight.all().stream().map(InFlightJob::done)
                .toArray(CompletableFuture[]::new);
        if (!isDoneWithin(config.grace(), CompletableFuture.allOf(jobs))) {
            List<InFlightJob> rest = inFlight.all();
            LOG.infof("stopping: %d jobs are handed to other instances", rest.size());
            handBack(rest);
            // Nobody has waited longer at the queue than we: an entry may have come right back.
            isDoneWithin(LAST_LOOK, claiming);
        }
    }

    private static boolean isDoneWithin(Duration limit, CompletableFuture<?> work) {
        try {
            work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where Redis does not answer, the leases lapse and the jobs are swept instead. */
    private void handBack(List<InFlightJob> jobs) {
        try {
            Multi.createFrom().iterable(jobs)
                    .onItem().transformToUni(this::handBack).collectFailures().merge()
                    .onItem().ignoreAsUni().await().atMost(HAND_BACK_LIMIT);
        } catch (RuntimeException e) {
            LOG.warnf("could not hand all jobs back, they are taken over in %s: %s", config.lease(), LogText.of(e));
        }
        jobs.forEach(inFlight::end);
    }

    /** A record that has no lease to give up is no reason to keep the entry: the next worker deals with it. */
    private Uni<Void> handBack(InFlightJob job) {
        job.cancel();
        return jobStore.release(job.jobId(), job.owner())
                .onFailure(RedisFailures::isFinal).recoverWithItem(true)
                .chain(released -> released ? queue.handBack(job.entry()) : Uni.createFrom().voidItem());
    }

    /** Claims jobs until there is no room for more, or the provider has a pause; then the next tick looks again. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, identity = "claim-jobs")
    Uni<Void> claimJobs() {
        CompletableFuture<Void> loop = beginClaiming();
        if (loop == null) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy().repeating().uni(this::claimBatchUntilItWorks).whilst(goOn -> goOn)
                .onItem().ignoreAsUni()
                .onTermination().invoke(() -> loop.complete(null));
    }

    private Uni<Boolean> claimBatchUntilItWorks() {
        return Uni.createFrom().deferred(this::claimBatch)
                .onTermination().invoke(this::madeAStep)
                .onFailure().invoke(this::queueLost)
                .onFailure(failure -> !stopping).retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely()
                .onFailure().recoverWithItem(false);
    }

    /** Answers whether there may be more to claim at once. */
    private Uni<Boolean> claimBatch() {
        return gate.pause().chain(pause -> {
            int allowed = allowed(pause);
            Reservation permits = inFlight.reserve(Math.min(allowed, Math.max(1, inFlight.free() - 1)));
            Uni<Boolean> claimed = allowed > 0 && permits.left() == 0 ? waitForPermits() : claim(permits);
            return claimed.map(goOn -> goOn && !isFull() && pause.phase() == Phase.NONE)
                    .onTermination().invoke(permits::close);
        });
    }

    /** A look for stalled jobs has them all, for as long as Redis takes to answer. */
    private static Uni<Boolean> waitForPermits() {
        return Uni.createFrom().item(true).onItem().delayIt().by(PERMITS_COME_BACK);
    }

    /** Answers whether it could claim. */
    private Uni<Boolean> claim(Reservation permits) {
        if (permits.left() == 0) {
            return Uni.createFrom().item(false);
        }
        Duration wait = longestWait();
        return openGroup()
                .chain(() -> redis.limit(queue.take(permits.left(), wait), wait))
                .invoke(this::queueFound)
                .call(batch -> start(permits, batch))
                .call(() -> takeOverIsDue && permits.left() > 0 ? takeOver(permits) : Uni.createFrom().voidItem())
                .replaceWith(true);
    }

    /**
     * How many jobs may be taken. While the provider has a pause that is none; and when its time is over one, where there is
     * no call here that could find out whether the provider is back. None while their images could not be kept.
     */
    private int allowed(BreakerState pause) {
        if (isFull() || !runner.canKeepImages()) {
            return 0;
        }
        return switch (pause.phase()) {
            case NONE -> LARGEST_BATCH;
            case RUNNING -> 0;
            case PROVING -> gate.isAwaited() ? 0 : 1;
        };
    }

    /** Null where another loop waits at the queue already, or there is no room for more jobs. */
    private synchronized CompletableFuture<Void> beginClaiming() {
        if (isFull()) {
            madeAStep();
            return null;
        }
        if (!claiming.isDone()) {
            return null;
        }
        claiming = new CompletableFuture<>();
        return claiming;
    }

    /** Tells Redis that this instance lives and works on its jobs. */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "renew-leases")
    Uni<Void> renewLeases() {
        return renewal.renewAll();
    }

    /**
     * Takes over the jobs of workers that give no sign of life. After a start, and after Redis was away, nobody had a
     * chance to give one, so all get the time for it first.
     */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP, identity = "sweep")
    Uni<Void> sweep() {
        if (!takesPart() || !groupIsOpen) {
            return Uni.createFrom().voidItem();
        }
        return redis.limit(queue.probe()).invoke(guard::answered)
                .chain(done -> takeOver())
                .onFailure().invoke(failure -> {
                    guard.failed();
                    LOG.warnf("could not look for stalled jobs, trying again in %s: %s", config.heartbeat(),
                            LogText.of(failure));
                })
                .onFailure().recoverWithNull();
    }

    private Uni<Void> takeOver() {
        if (!guard.mayTakeOver()) {
            return Uni.createFrom().voidItem();
        }
        return gate.pause().chain(pause -> {
            Reservation permits = inFlight.reserve(allowed(pause));
            takeOverIsDue = permits.left() == 0;
            return takeOver(permits).onTermination().invoke(permits::close);
        });
    }

    private Uni<Void> takeOver(Reservation permits) {
        if (permits.left() == 0 || !guard.mayTakeOver()) {
            return Uni.createFrom().voidItem();
        }
        takeOverIsDue = false;
        return redis.limit(queue.takeStalled(permits.left(), config.lease())).invoke(guard::answered)
                // Where the answer was that late, a lease may have lapsed while Redis hung. They count as touched now.
                .chain(stalled -> guard.mayTakeOver() ? start(permits, stalled) : Uni.createFrom().voidItem());
    }

    /** Ends the jobs whose time is over while they wait for anybody to claim them. */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "end-overdue-jobs")
    Uni<Void> endOverdueJobs() {
        if (isFull()) {
            return Uni.createFrom().voidItem();
        }
        return redis.limit(overdue().select().where(entry -> !inFlight.has(entry))
                .select().first(LARGEST_BATCH)
                .collect().asList())
                .chain(this::startOverdue)
                .onFailure().invoke(failure -> LOG.warnf("could not look for overdue jobs, trying again in %s: %s",
                        config.heartbeat(), LogText.of(failure)))
                .onFailure().recoverWithNull();
    }

    /** Nothing was taken by being looked at, so permits for the others need not have been held for that long. */
    private Uni<Void> startOverdue(List<QueueEntry> found) {
        Reservation permits = inFlight.reserve(found.size());
        return start(permits, found).onTermination().invoke(permits::close);
    }

    private Multi<QueueEntry> overdue() {
        Instant limit = clock.instant().minus(jobConfig.job().deadline());
        if (!hasPassed(wholeLookInterval(), lastWholeLook)) {
            return queue.writtenBefore(limit);
        }
        lastWholeLook = nanoTime.getAsLong();
        return queue.acceptedBefore(limit);
    }

    /** So that an overdue job ends before its record expires. */
    private Duration wholeLookInterval() {
        Duration half = jobConfig.job().ttl().minus(jobConfig.job().deadline()).dividedBy(2);
        return half.compareTo(WHOLE_QUEUE) < 0 ? half : WHOLE_QUEUE;
    }

    private Uni<Void> openGroup() {
        return groupIsOpen ? Uni.createFrom().voidItem() : redis.limit(queue.open()).invoke(() -> groupIsOpen = true);
    }

    /** Answers when the jobs are on their way, or handed back because they came while this instance was stopping. */
    private Uni<Void> start(Reservation permits, List<QueueEntry> batch) {
        if (stopping) {
            return Multi.createFrom().iterable(batch).onItem()
                    .transformToUniAndConcatenate(entry -> redis.limit(queue.handBack(entry)))
                    .onItem().ignoreAsUni();
        }
        permits.use(batch).forEach(job -> job.isWorkedOnBy(runner.run(job, config.lease()).subscribe()
                .with(done -> finished(job), failure -> failed(job, failure))));
        return Uni.createFrom().voidItem();
    }

    private void finished(InFlightJob job) {
        boolean wasFull = isFull();
        inFlight.end(job);
        job.done().complete(null);
        if (wasFull) {
            claimJobs().subscribe().with(done -> {
            });
        }
    }

    private void failed(InFlightJob job, Throwable failure) {
        if (failure instanceof LeaseLostException) {
            LOG.warnf("job %s: another worker has it now, this one lets go of it", job.loggedId());
        } else {
            LOG.errorf("job %s: given up here (%s), it will be taken over in %s", job.loggedId(), LogText.of(failure),
                    config.lease());
        }
        finished(job);
    }

    private Duration longestWait() {
        Duration longest = inFlight.free() == 0 ? WAIT_WITH_THE_LAST_PERMIT : LONGEST_WAIT;
        return config.heartbeat().compareTo(longest) < 0 ? config.heartbeat() : longest;
    }

    private void madeAStep() {
        lastStep = nanoTime.getAsLong();
    }

    /** Whether it should claim jobs and does not even try to. */
    boolean isStuck() {
        return !isFull() && hasPassed(STUCK, lastStep);
    }

    private boolean hasPassed(Duration time, long since) {
        return nanoTime.getAsLong() - since > time.toNanos();
    }

    /** Whether it has nothing in hand and waits for nothing. */
    boolean isIdle() {
        return inFlight.size() == 0 && claiming.isDone();
    }

    /** How many jobs it works on. */
    int inFlight() {
        return inFlight.size();
    }

    /** Whether it may take no more jobs, whatever is reserved at the moment. */
    private boolean isFull() {
        return !takesPart() || inFlight.isFull();
    }

    private boolean takesPart() {
        return config.enabled() && !stopping;
    }

    private void queueLost(Throwable failure) {
        groupIsOpen = false;
        guard.failed();
        if (!queueIsLost && !stopping) {
            queueIsLost = true;
            LOG.errorf("cannot read the queue, trying again until it works: %s", LogText.of(failure));
        }
    }

    private void queueFound() {
        guard.answered();
        if (queueIsLost) {
            queueIsLost = false;
            LOG.info("the queue can be read again");
        }
    }
}
