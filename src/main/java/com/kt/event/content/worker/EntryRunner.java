package com.kt.event.content.worker;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.mutiny.Uni;

/** Drives one queue entry to its end: leases its job, has it run, and removes the entry when the job has ended. */
@ApplicationScoped
class EntryRunner {
    private static final Logger LOG = Logger.getLogger(EntryRunner.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** A job that was dropped this often is not to blame by chance. */
    private static final int MOST_STALLED = 3;

    private final JobQueue queue;
    private final JobStore jobStore;
    private final JobRunner runner;
    private final RedisLimit redis;

    EntryRunner(JobQueue queue, JobStore jobStore, JobRunner runner, RedisLimit redis) {
        this.queue = queue;
        this.jobStore = jobStore;
        this.runner = runner;
        this.redis = redis;
    }

    /** Whether images that are asked for now could be kept. */
    boolean canKeepImages() {
        return runner.canKeepImages();
    }

    /** Fails where the entry must be taken up again later, by this instance or another. */
    Uni<Void> run(InFlightJob entry, Duration lease) {
        return untilItWorks(jobStore.claim(entry.jobId(), entry.owner(), lease), lease)
                .onItem().transform(claim -> toItsEnd(entry, claim, lease))
                .onFailure(EntryRunner::isNoJob).recoverWithItem(failure -> unreadable(entry, failure, lease))
                .chain(rest -> rest);
    }

    private Uni<Void> toItsEnd(InFlightJob entry, Claim claim, Duration lease) {
        return switch (claim.outcome()) {
            case WON -> finish(claim, entry.owner()).chain(() -> remove(entry, lease));
            case GONE -> gone(entry, lease);
            case HELD -> Uni.createFrom().voidItem();
        };
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

    private Uni<Void> gone(InFlightJob entry, Duration lease) {
        LOG.warnf("job %s: its record is gone, its queue entry is removed", entry.loggedId());
        return remove(entry, lease);
    }

    /** Nobody can ever run it, and an entry that stays would be taken up again for as long as the record is there. */
    private Uni<Void> unreadable(InFlightJob entry, Throwable failure, Duration lease) {
        LOG.warnf(
                "job %s: its record cannot be read, its queue entry is removed and the job must be asked for again: %s",
                entry.loggedId(), RedisFailures.isWrongType(failure) ? "it is no hash" : failure.getMessage());
        return remove(entry, lease);
    }

    /** Not what a script fails on for another reason: that may hit every job, and be mended. */
    private static boolean isNoJob(Throwable failure) {
        return failure instanceof UnreadableValueException || RedisFailures.isWrongType(failure);
    }

    private Uni<Void> remove(InFlightJob entry, Duration lease) {
        return untilItWorks(queue.remove(entry.entry()), lease);
    }

    /** The same owner may claim a job again, and an entry be removed again: an answer that got lost does no harm. */
    private <T> Uni<T> untilItWorks(Uni<T> command, Duration lease) {
        return redis.limit(command).onFailure(failure -> !RedisFailures.isFinal(failure)).retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).expireIn(lease.toMillis());
    }
}
