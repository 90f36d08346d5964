package com.kt.event.content.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import com.kt.event.content.generator.CallGate;
import com.kt.event.content.generator.Pause;
import com.kt.event.content.generator.Pause.Phase;
import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.job.StyleError;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * The background worker. It waits at the queue and so starts a job the moment it is accepted; the schedule only makes
 * sure that the waiting goes on, whatever ended it. Redis keeps workers apart: a job runs where its lease is.
 */
@ApplicationScoped
public class ImageWorker {
    private static final Logger LOG = Logger.getLogger(ImageWorker.class);

    /** Shorter than the queue client's read timeout, which takes a silent connection for a dead one. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int LARGEST_BATCH = 64;
    private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(3);
    private static final Duration LAST_LOOK = Duration.ofMillis(300);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private static final long NEVER = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** Each step of the loop takes seconds at most, be it that it fails. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** A job that was dropped this often is not to blame by chance. */
    private static final int MOST_STALLED = 3;

    private static final List<QueueEntry> NONE = List.of();

    private final JobQueue queue;
    private final JobManager jobManager;
    private final JobRunner runner;
    private final CallGate gate;
    private final WorkerConfig config;
    private final JobConfig jobConfig;
    private final Clock clock;
    private final RedisLimit redis;

    private final Map<String, InFlight> inFlight = new ConcurrentHashMap<>();
    /** Done while nobody waits at the queue. */
    private volatile CompletableFuture<Void> claiming = CompletableFuture.completedFuture(null);
    private volatile boolean groupIsOpen;
    private volatile boolean queueIsLost;
    /** In System.nanoTime. */
    private volatile long queueFoundAt = NEVER;
    private volatile boolean stopping;
    /** When the loop last did anything. */
    private volatile Instant lastStep;

    /** A job that this instance works on. */
    private static final class InFlight {
        private final QueueEntry entry;
        /** Nobody else's, ever: not even this instance's, should it meet the same entry again. */
        private final String owner = UUID.randomUUID().toString();
        /** Completed when this instance has nothing more to do with it. */
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile Cancellable work = () -> {
        };

        private InFlight(QueueEntry entry) {
            this.entry = entry;
        }
    }

    ImageWorker(JobQueue queue, JobManager jobManager, JobRunner runner, CallGate gate, WorkerConfig config,
            JobConfig jobConfig, Clock clock, RedisLimit redis) {
        this.queue = queue;
        this.jobManager = jobManager;
        this.runner = runner;
        this.gate = gate;
        this.config = config;
        this.jobConfig = jobConfig;
        this.clock = clock;
        this.redis = redis;
        this.lastStep = clock.instant();
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
        CompletableFuture<?>[] jobs = inFlight.values().stream().map(job -> job.done).toArray(CompletableFuture[]::new);
        if (!isDoneWithin(config.grace(), CompletableFuture.allOf(jobs))) {
            List<InFlight> rest = List.copyOf(inFlight.values());
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
    private void handBack(List<InFlight> jobs) {
        try {
            Multi.createFrom().iterable(jobs).onItem().transformToUniAndMerge(this::handBack)
                    .onItem().ignoreAsUni().await().atMost(HAND_BACK_LIMIT);
            inFlight.clear();
        } catch (RuntimeException e) {
            LOG.warnf("could not hand all jobs back, they are taken over in %s: %s", config.lease(), e.getMessage());
        }
    }

    private Uni<Void> handBack(InFlight job) {
        job.work.cancel();
        return jobManager.release(job.entry.jobId(), job.owner)
                .chain(released -> released ? queue.handBack(job.entry) : Uni.createFrom().voidItem());
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
            int room = roomIn(pause);
            return room == 0
                    ? Uni.createFrom().item(false)
                    : openGroup()
                            .chain(() -> redis.limit(queue.take(room, longestWait()), longestWait()))
                            .invoke(this::queueFound)
                            .call(this::start)
                            .map(batch -> hasRoom() && pause.phase() == Phase.NONE);
        });
    }

    /**
     * How many jobs it may take. While the provider has a pause none; and when its time is over one, where there is no
     * call here that could find out whether the provider is back.
     */
    private int roomIn(Pause pause) {
        if (!hasRoom()) {
            return 0;
        }
        return switch (pause.phase()) {
            case NONE -> Math.min(room(), LARGEST_BATCH);
            case RUNNING -> 0;
            case PROVING -> gate.isAwaited() ? 0 : 1;
        };
    }

    /** Null where another loop waits at the queue already, or there is no room for more jobs. */
    private synchronized CompletableFuture<Void> beginClaiming() {
        if (!hasRoom()) {
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
        List<InFlight> all = List.copyOf(inFlight.values());
        if (all.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom().iterable(all)
                .onItem().transformToUniAndMerge(job -> renewLease(job).map(ours -> ours ? List.of(job.entry) : NONE))
                .onItem().<QueueEntry>disjoint()
                .collect().asList()
                .chain(this::touch)
                .onFailure().invoke(failure -> LOG.warnf(
                        "could not touch the queue entries of %d jobs, trying again in %s: %s", all.size(),
                        config.heartbeat(), failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Only where the lease is ours: whoever has it now may die too, and then the entry must be seen to be stalled. */
    private Uni<Void> touch(List<QueueEntry> ours) {
        return ours.isEmpty() ? Uni.createFrom().voidItem() : redis.limit(queue.touch(ours));
    }

    /**
     * Takes over the jobs of workers that give no sign of life. After Redis was away nobody had a chance to give one, so
     * all get the time for it first.
     */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP, identity = "sweep")
    Uni<Void> sweep() {
        if (!groupIsOpen || queueIsLost || since(queueFoundAt).compareTo(config.heartbeat().multipliedBy(2)) < 0) {
            return Uni.createFrom().voidItem();
        }
        return gate.pause().map(this::roomIn)
                .chain(room -> room == 0
                        ? Uni.createFrom().voidItem()
                        : redis.limit(queue.takeStalled(room, config.lease())).chain(this::start))
                .onFailure().invoke(failure -> LOG.warnf("could not look for stalled jobs, trying again in %s: %s",
                        config.heartbeat(), failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Ends the jobs whose time is over while they wait for anybody to claim them. */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "end-overdue-jobs")
    Uni<Void> endOverdueJobs() {
        if (!hasRoom()) {
            return Uni.createFrom().voidItem();
        }
        return redis.limit(queue.acceptedBefore(clock.instant().minus(jobConfig.job().deadline()))
                .select().first(room())
                .collect().asList())
                .chain(this::start)
                .onFailure().invoke(failure -> LOG.warnf("could not look for overdue jobs, trying again in %s: %s",
                        config.heartbeat(), failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> openGroup() {
        return groupIsOpen ? Uni.createFrom().voidItem() : redis.limit(queue.open()).invoke(() -> groupIsOpen = true);
    }

    /** Answers when the jobs are on their way, or handed back because they came while this instance was stopping. */
    private Uni<Void> start(List<QueueEntry> batch) {
        if (stopping) {
            return Multi.createFrom().iterable(batch).onItem()
                    .transformToUniAndConcatenate(entry -> redis.limit(queue.handBack(entry)))
                    .onItem().ignoreAsUni();
        }
        batch.forEach(this::start);
        return Uni.createFrom().voidItem();
    }

    private void start(QueueEntry entry) {
        InFlight job = new InFlight(entry);
        if (inFlight.putIfAbsent(entry.id(), job) == null) {
            job.work = work(job).subscribe().with(done -> finished(job), failure -> failed(job, failure));
        }
    }

    private Uni<Void> work(InFlight job) {
        QueueEntry entry = job.entry;
        return untilItWorks(jobManager.claim(entry.jobId(), job.owner, config.lease()))
                .chain(claim -> switch (claim.outcome()) {
                    case WON -> finish(claim, job.owner).chain(() -> untilItWorks(queue.remove(entry)));
                    case GONE -> gone(entry);
                    case HELD -> Uni.createFrom().voidItem();
                });
    }

    private Uni<Job> finish(Claim claim, String owner) {
        Job claimed = claim.job();
        if (claimed.ended()) {
            return Uni.createFrom().item(claimed);
        }
        if (claim.stalled() >= MOST_STALLED) {
            LOG.errorf("job %s: %d workers died or froze over it; it ends here instead of taking the next one along",
                    claimed.id(), claim.stalled());
            return runner.abandon(claimed, owner, StyleError.JOB_STALLED);
        }
        return runner.run(claimed, owner);
    }

    private Uni<Void> gone(QueueEntry entry) {
        LOG.warnf("job %s: its record is gone, its queue entry is removed", entry.jobId());
        return untilItWorks(queue.remove(entry));
    }

    private Uni<Boolean> renewLease(InFlight job) {
        return redis.limit(jobManager.renew(job.entry.jobId(), job.owner, config.lease()))
                .onFailure().invoke(failure -> LOG.warnf("job %s: could not renew its lease, trying again in %s: %s",
                        job.entry.jobId(), config.heartbeat(), failure.getMessage()))
                .onFailure().recoverWithItem(false);
    }

    private void finished(InFlight job) {
        boolean wasFull = !hasRoom();
        inFlight.remove(job.entry.id(), job);
        job.done.complete(null);
        if (wasFull) {
            claimJobs().subscribe().with(done -> {
            });
        }
    }

    private void failed(InFlight job, Throwable failure) {
        if (failure instanceof LeaseLostException) {
            LOG.warnf("job %s: another worker has it now, this one lets go of it", job.entry.jobId());
        } else {
            LOG.errorf("job %s: given up here (%s), it will be taken over in %s", job.entry.jobId(),
                    failure, config.lease());
        }
        finished(job);
    }

    private Duration longestWait() {
        return config.heartbeat().compareTo(LONGEST_WAIT) < 0 ? config.heartbeat() : LONGEST_WAIT;
    }

    /** The same owner may claim a job again, and an entry be removed again: an answer that got lost does no harm. */
    private <T> Uni<T> untilItWorks(Uni<T> command) {
        return redis.limit(command).onFailure().retry().withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(config.lease().toMillis());
    }

    private void madeAStep() {
        lastStep = clock.instant();
    }

    /** Whether it should claim jobs and does not even try to. */
    boolean isStuck() {
        return hasRoom() && lastStep.plus(STUCK).isBefore(clock.instant());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** Whether it has nothing in hand and waits for nothing. */
    boolean isIdle() {
        return inFlight.isEmpty() && claiming.isDone();
    }

    /** How many jobs it works on. */
    int inFlight() {
        return inFlight.size();
    }

    private boolean hasRoom() {
        return config.enabled() && !stopping && room() > 0;
    }

    private int room() {
        return config.maxInFlight() - inFlight.size();
    }

    private void queueLost(Throwable failure) {
        groupIsOpen = false;
        if (!queueIsLost && !stopping) {
            queueIsLost = true;
            LOG.errorf("cannot read the queue, trying again until it works: %s", failure.getMessage());
        }
    }

    private void queueFound() {
        if (queueIsLost) {
            queueIsLost = false;
            queueFoundAt = System.nanoTime();
            LOG.info("the queue can be read again");
        }
    }
}
