package com.kt.event.content.worker;

import java.time.Duration;
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

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.QueueEntry;

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

    private final JobQueue queue;
    private final JobManager jobManager;
    private final JobRunner runner;
    private final WorkerConfig config;

    private final Map<String, InFlight> inFlight = new ConcurrentHashMap<>();
    /** Done while nobody waits at the queue. */
    private volatile CompletableFuture<Void> claiming = CompletableFuture.completedFuture(null);
    private volatile boolean groupIsOpen;
    private volatile boolean queueIsLost;
    private volatile boolean stopping;

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

    ImageWorker(JobQueue queue, JobManager jobManager, JobRunner runner, WorkerConfig config) {
        this.queue = queue;
        this.jobManager = jobManager;
        this.runner = runner;
        this.config = config;
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

    /** Claims jobs until there is no room for more, or Redis fails; then the next tick begins anew. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, identity = "claim-jobs")
    Uni<Void> claimJobs() {
        CompletableFuture<Void> loop = beginClaiming();
        if (loop == null) {
            return Uni.createFrom().voidItem();
        }
        return openGroup()
                .chain(() -> Multi.createBy().repeating().uni(this::claimBatch).whilst(batch -> hasRoom())
                        .onItem().ignoreAsUni())
                .onTermination().invoke(() -> loop.complete(null))
                .onFailure().invoke(this::queueLost)
                .onFailure().recoverWithNull();
    }

    /** Null where another loop waits at the queue already, or there is no room for more jobs. */
    private synchronized CompletableFuture<Void> beginClaiming() {
        if (!hasRoom() || !claiming.isDone()) {
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
                .onItem().transformToUniAndMerge(this::renewLease)
                .onItem().ignoreAsUni()
                .chain(() -> queue.touch(all.stream().map(job -> job.entry).toList()))
                .onFailure().invoke(failure -> LOG.warnf(
                        "could not renew the leases of %d jobs, trying again in %s: %s", all.size(), config.heartbeat(),
                        failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Takes over the jobs of workers that give no sign of life. */
    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP, identity = "sweep")
    Uni<Void> sweep() {
        if (!hasRoom() || !groupIsOpen) {
            return Uni.createFrom().voidItem();
        }
        return queue.takeStalled(Math.min(room(), LARGEST_BATCH), config.lease())
                .call(this::start)
                .onFailure().invoke(failure -> LOG.warnf("could not look for stalled jobs, trying again in %s: %s",
                        config.heartbeat(), failure.getMessage()))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> openGroup() {
        return groupIsOpen ? Uni.createFrom().voidItem() : queue.open().invoke(() -> groupIsOpen = true);
    }

    private Uni<List<QueueEntry>> claimBatch() {
        return queue.take(Math.min(room(), LARGEST_BATCH), longestWait())
                .invoke(this::queueFound)
                .call(this::start);
    }

    /** Answers when the jobs are on their way, or handed back because they came while this instance was stopping. */
    private Uni<Void> start(List<QueueEntry> batch) {
        if (stopping) {
            return Multi.createFrom().iterable(batch).onItem().transformToUniAndConcatenate(queue::handBack)
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
        return jobManager.claim(entry.jobId(), job.owner, config.lease()).chain(claim -> switch (claim.outcome()) {
            case WON -> finish(claim.job(), job.owner).chain(() -> queue.remove(entry));
            case GONE -> gone(entry);
            case HELD -> Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> finish(Job claimed, String owner) {
        return claimed.ended() ? Uni.createFrom().voidItem() : runner.run(claimed, owner).replaceWithVoid();
    }

    private Uni<Void> gone(QueueEntry entry) {
        LOG.warnf("job %s: its record is gone, its queue entry is removed", entry.jobId());
        return queue.remove(entry);
    }

    private Uni<Boolean> renewLease(InFlight job) {
        return jobManager.renew(job.entry.jobId(), job.owner, config.lease());
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

    /** Whether it has nothing in hand and waits for nothing. */
    boolean isIdle() {
        return inFlight.isEmpty() && claiming.isDone();
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
            LOG.errorf("cannot read the queue, trying again every second: %s", failure.getMessage());
        }
    }

    private void queueFound() {
        if (queueIsLost) {
            queueIsLost = false;
            LOG.info("the queue can be read again");
        }
    }
}
