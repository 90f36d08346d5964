package com.kt.event.content.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisFailures;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Shuts the worker down: jobs that end within the grace period end here, the others are handed to other instances. */
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);

    private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(3);
    private static final Duration CLAIM_LOOP_WAIT = Duration.ofMillis(300);

    private final InFlightJobs inFlight;
    private final ClaimLoop claimLoop;
    private final JobStore jobStore;
    private final JobQueue queue;
    private final WorkerConfig config;

    Drain(InFlightJobs inFlight, ClaimLoop claimLoop, JobStore jobStore, JobQueue queue, WorkerConfig config) {
        this.inFlight = inFlight;
        this.claimLoop = claimLoop;
        this.jobStore = jobStore;
        this.queue = queue;
        this.config = config;
    }

    /** Blocks until every job has ended or is handed back. */
    void run() {
        inFlight.shutDown();
        CompletableFuture<?>[] jobs = inFlight.all().stream().map(InFlightJob::done)
                .toArray(CompletableFuture[]::new);
        if (!isDoneWithin(config.grace(), CompletableFuture.allOf(jobs))) {
            List<InFlightJob> rest = inFlight.all();
            LOG.infof("grace period over, handing %d jobs to other instances", rest.size());
            handBack(rest);
            // The claim loop may wait at the queue and get one of the entries; it hands that back again.
            isDoneWithin(CLAIM_LOOP_WAIT, claimLoop.end());
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

    /** If Redis does not answer, the leases lapse and the jobs are swept instead. */
    private void handBack(List<InFlightJob> jobs) {
        try {
            Multi.createFrom().iterable(jobs)
                    .onItem().transformToUni(this::handBack).collectFailures().merge()
                    .onItem().ignoreAsUni().await().atMost(HAND_BACK_LIMIT);
        } catch (RuntimeException e) {
            LOG.warnf("could not hand all jobs back, they will be reclaimed after %d s: %s",
                    config.lease().toSeconds(), LogText.of(e));
        }
        jobs.forEach(inFlight::end);
    }

    /** The entry of an unreadable record, which has no lease to release, goes back too: the next worker removes it. */
    private Uni<Void> handBack(InFlightJob job) {
        job.cancel();
        return jobStore.release(job.jobId(), job.owner())
                .onFailure(RedisFailures::isFinal).recoverWithItem(true)
                .chain(released -> released ? queue.handBack(job.entry()) : Uni.createFrom().voidItem());
    }
}
