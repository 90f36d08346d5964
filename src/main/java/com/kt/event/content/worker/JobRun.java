package com.kt.event.content.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import com.kt.event.content.job.IllegalMoveException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisRetry;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.worker.JobCallLedger.StyleEndedException;

import io.smallrye.mutiny.Uni;

/** One leased job. Its styles run in parallel and share the job as it was last seen, and its writes. */
final class JobRun {
    private static final Logger LOG = Logger.getLogger(JobRun.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final String owner;
    private final JobStore jobStore;
    private final RedisTimeout redisTimeout;
    private final RedisRetry retry;
    private final JobConfig config;
    private final Clock clock;

    private final AtomicReference<Job> lastSeen;
    private final Executor endOfTick;
    private final GroupCommit<UnaryOperator<Job>, Job> commits = new GroupCommit<>(this::write, this::atEndOfTick);
    private final AtomicBoolean retrying = new AtomicBoolean();
    /** Why nothing more can be written to the job; null as long as the lease and the record are there. */
    private final AtomicReference<Throwable> loss = new AtomicReference<>();

    /** The job's record cannot be read, or is no job's record, and will not recover by itself. */
    private static final class RecordLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private RecordLostException(Throwable cause) {
            super("its record cannot be read: " + cause.getMessage(), cause, false, false);
        }
    }

    /** @param endOfTick runs a task after those that are due already */
    JobRun(Job claimed, String owner, JobStore jobStore, RedisTimeout redisTimeout, JobConfig config, Clock clock,
            Executor endOfTick) {
        this.owner = owner;
        this.jobStore = jobStore;
        this.redisTimeout = redisTimeout;
        this.retry = new RedisRetry(FIRST_RETRY, LONGEST_RETRY, config.job().ttl());
        this.config = config;
        this.clock = clock;
        this.lastSeen = new AtomicReference<>(claimed);
        this.endOfTick = endOfTick;
    }

    /** The job as this worker last read or wrote it. */
    Job job() {
        return lastSeen.get();
    }

    String id() {
        return job().id();
    }

    Instant now() {
        return clock.instant();
    }

    /** The time until the job's deadline; negative once that has passed. */
    Duration timeLeft() {
        return Duration.between(clock.instant(), job().createdAt().plus(config.job().deadline()));
    }

    Uni<Boolean> isCancelled() {
        return retriedCommand(jobStore.isCancelled(id()));
    }

    /** Writes a move, if the lease is still held. Fails with {@link LeaseLostException}. */
    Uni<Job> commit(UnaryOperator<Job> move) {
        return commits.commit(move);
    }

    /** Writes a move even if another worker holds the lease, because the image is paid for. */
    Uni<Job> handIn(UnaryOperator<Job> move) {
        return retriedCommand(jobStore.updateWithoutLease(job(), move));
    }

    /** Runs a task after those that are due already, so that styles that go on at the same time share a write. */
    void atEndOfTick(Runnable task) {
        endOfTick.execute(task);
    }

    private Uni<Job> write(List<UnaryOperator<Job>> moves) {
        return retriedCommand(Uni.createFrom().deferred(() -> jobStore.update(job(), owner, inOrder(moves))))
                .onFailure(RedisFailures::isFinal).transform(RecordLostException::new)
                .invoke(lastSeen::set);
    }

    private static UnaryOperator<Job> inOrder(List<UnaryOperator<Job>> moves) {
        return job -> {
            Job next = job;
            for (UnaryOperator<Job> move : moves) {
                next = move.apply(next);
            }
            return next;
        };
    }

    /** A command to Redis with the worker's time limit, {@link #retried}. */
    <T> Uni<T> retriedCommand(Uni<T> command) {
        return retried(redisTimeout.worker(command));
    }

    /**
     * An accepted job and a paid image must survive an outage, so a step is retried for as long as the job's record lives,
     * unless the failure is final.
     */
    <T> Uni<T> retried(Uni<T> step) {
        return retry.retry(step, JobRun::isFinal, this::reportRetry);
    }

    private void reportRetry(Throwable failure) {
        if (retrying.compareAndSet(false, true)) {
            LOG.warnf("job %s: cannot be saved, retrying until its record expires: %s", id(), failure);
        }
    }

    /** Remembers the loss of the lease or of the record, which becomes the result of the run. */
    void lost(Throwable cause) {
        loss.set(cause);
    }

    /** The job as last seen; fails if its lease or its record was lost. */
    Uni<Job> result() {
        return loss.get() == null
                ? Uni.createFrom().item(job())
                : Uni.createFrom().failure(loss.get());
    }

    static boolean isLoss(Throwable failure) {
        return failure instanceof LeaseLostException || failure instanceof RecordLostException;
    }

    /** Whether a retry would fail in the same way. */
    private static boolean isFinal(Throwable failure) {
        return isLoss(failure) || failure instanceof IllegalMoveException || failure instanceof StyleEndedException
                || RedisFailures.isFinal(failure);
    }
}
