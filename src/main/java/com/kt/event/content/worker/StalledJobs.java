package com.kt.event.content.worker;

import java.util.List;

import org.jboss.logging.Logger;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.worker.ClaimPolicy.Limit;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.smallrye.mutiny.Uni;

/** Recovers jobs that make no progress: takes over those of dead workers, and ends those past their deadline. */
final class StalledJobs {
    private static final Logger LOG = Logger.getLogger(StalledJobs.class);

    private final JobQueue queue;
    private final OverdueScan overdue;
    private final InFlightJobs inFlight;
    private final TakeOverGuard guard;
    private final ClaimPolicy policy;
    private final JobDispatcher dispatcher;
    private final WorkerConfig config;
    private final RedisTimeout redisTimeout;

    /** Whether a sweep found no permit, so that the claim loop should lend one of its own. */
    private volatile boolean takeOverIsDue;

    StalledJobs(JobQueue queue, OverdueScan overdue, InFlightJobs inFlight, TakeOverGuard guard, ClaimPolicy policy,
            JobDispatcher dispatcher, WorkerConfig config, RedisTimeout redisTimeout) {
        this.queue = queue;
        this.overdue = overdue;
        this.inFlight = inFlight;
        this.guard = guard;
        this.policy = policy;
        this.dispatcher = dispatcher;
        this.config = config;
        this.redisTimeout = redisTimeout;
    }

    /**
     * Takes over the jobs whose worker has not renewed its lease in time. An instance without room probes Redis as well,
     * because the guard must know of every outage.
     */
    Uni<Void> sweep() {
        if (inFlight.isShutDown()) {
            return Uni.createFrom().voidItem();
        }
        return redisTimeout.worker(queue.probe()).invoke(guard::answered)
                .chain(() -> takeOver())
                .onFailure().invoke(this::sweepFailed)
                .onFailure().recoverWithNull();
    }

    private Uni<Void> takeOver() {
        if (!guard.mayTakeOver()) {
            return Uni.createFrom().voidItem();
        }
        return policy.limit().chain(limit -> {
            Reservation permits = inFlight.reserve(limit.jobs());
            takeOverIsDue = permits.left() == 0;
            return takeOver(permits).onTermination().invoke(permits::close);
        });
    }

    /** Uses permits of the claim loop if the last sweep found none. */
    Uni<Void> takeOverIfDue(Reservation permits) {
        return takeOverIsDue ? takeOver(permits) : Uni.createFrom().voidItem();
    }

    private Uni<Void> takeOver(Reservation permits) {
        if (permits.left() == 0 || !guard.mayTakeOver()) {
            return Uni.createFrom().voidItem();
        }
        takeOverIsDue = false;
        return redisTimeout.worker(queue.takeStalled(permits.left(), config.lease())).invoke(guard::answered)
                // After a response that late, a lease may have lapsed only because Redis hung. The entries count as
                // touched, so their workers have another lease's time.
                .chain(stalled -> guard.mayTakeOver()
                        ? dispatcher.dispatch(permits, stalled)
                        : Uni.createFrom().voidItem());
    }

    private void sweepFailed(Throwable failure) {
        guard.failed();
        LOG.warnf("sweep for stalled jobs failed, retrying in %d s: %s", config.heartbeat().toSeconds(),
                LogText.of(failure));
    }

    /** Ends the jobs that passed their deadline while no worker could claim them. */
    Uni<Void> endOverdue() {
        if (inFlight.isFull()) {
            return Uni.createFrom().voidItem();
        }
        return redisTimeout.worker(overdue.entries().select().where(entry -> !inFlight.has(entry))
                .select().first(Limit.BATCH.jobs())
                .collect().asList())
                .chain(this::dispatchOverdue)
                .onFailure().invoke(failure -> LOG.warnf("scan for overdue jobs failed, retrying in %d s: %s",
                        config.heartbeat().toSeconds(), LogText.of(failure)))
                .onFailure().recoverWithNull();
    }

    /** A scan takes nothing from the queue, so no permit needs to be reserved before it. */
    private Uni<Void> dispatchOverdue(List<QueueEntry> found) {
        Reservation permits = inFlight.reserve(found.size());
        return dispatcher.dispatch(permits, found).onTermination().invoke(permits::close);
    }
}
