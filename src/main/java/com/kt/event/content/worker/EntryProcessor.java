package com.kt.event.content.worker;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.job.Claim;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisRetry;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.mutiny.Uni;

/** Processes one queue entry: leases its job, has the job run, and removes the entry once the job has ended. */
@ApplicationScoped
class EntryProcessor {
    private static final Logger LOG = Logger.getLogger(EntryProcessor.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** After this many lapsed leases the job itself is the suspect. */
    private static final int MOST_STALLED = 3;

    private final JobQueue queue;
    private final JobStore jobStore;
    private final JobRunner runner;
    private final RedisTimeout redisTimeout;
    private final GroupCommit<Removal, Void> removals = new GroupCommit<>(this::remove, Runnable::run);

    /** An entry to be removed, with the length of its job's lease. */
    private record Removal(QueueEntry entry, Duration lease) {
    }

    EntryProcessor(JobQueue queue, JobStore jobStore, JobRunner runner, RedisTimeout redisTimeout) {
        this.queue = queue;
        this.jobStore = jobStore;
        this.runner = runner;
        this.redisTimeout = redisTimeout;
    }

    /** Fails if the entry stays in the queue, to be taken up again by this instance or another. */
    Uni<Void> process(InFlightJob entry, Duration lease) {
        return retried(jobStore.claim(entry.jobId(), entry.owner(), lease), lease)
                .onItem().transform(claim -> process(entry, claim, lease))
                .onFailure(EntryProcessor::isUnreadable).recoverWithItem(failure -> unreadable(entry, failure, lease))
                .chain(rest -> rest);
    }

    private Uni<Void> process(InFlightJob entry, Claim claim, Duration lease) {
        return switch (claim.outcome()) {
            case WON -> runToItsEnd(claim, entry.owner()).chain(() -> remove(entry, lease));
            case GONE -> gone(entry, lease);
            case HELD -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Job> runToItsEnd(Claim claim, String owner) {
        Job claimed = claim.job();
        if (claimed.ended()) {
            return Uni.createFrom().item(claimed);
        }
        if (claim.stalled() >= MOST_STALLED) {
            LOG.errorf("job %s: %d workers crashed or stalled while running it, ending it as JOB_STALLED", claimed.id(),
                    claim.stalled());
            return runner.abandon(claimed, owner, StyleError.JOB_STALLED);
        }
        return runner.run(claimed, owner);
    }

    private Uni<Void> gone(InFlightJob entry, Duration lease) {
        LOG.warnf("job %s: record missing, removing its queue entry", entry.loggedId());
        return remove(entry, lease);
    }

    /** No worker can ever run it, and its entry would be taken up again for as long as the record lives. */
    private Uni<Void> unreadable(InFlightJob entry, Throwable failure, Duration lease) {
        LOG.warnf("job %s: record unreadable, removing its queue entry, the client must create a new job: %s",
                entry.loggedId(), RedisFailures.isWrongType(failure) ? "not a hash" : failure.getMessage());
        return remove(entry, lease);
    }

    /** A script that fails for another reason does not count: that may affect every job, and be repaired. */
    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof UnreadableValueException || RedisFailures.isWrongType(failure);
    }

    private Uni<Void> remove(InFlightJob entry, Duration lease) {
        return removals.commit(new Removal(entry.entry(), lease));
    }

    private Uni<Void> remove(List<Removal> group) {
        Duration shortest = group.stream().map(Removal::lease).min(Comparator.naturalOrder()).orElseThrow();
        return retried(queue.remove(group.stream().map(Removal::entry).toList()), shortest);
    }

    /** Claiming twice with the same owner, and removing twice, is harmless, so a lost response may be retried. */
    private <T> Uni<T> retried(Uni<T> command, Duration lease) {
        return new RedisRetry(FIRST_RETRY, LONGEST_RETRY, lease).retry(redisTimeout.worker(command));
    }
}
