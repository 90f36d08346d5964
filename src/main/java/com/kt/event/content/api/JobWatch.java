package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobEvents;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.redis.RedisTimeout;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads jobs, and waits for their changes. */
@ApplicationScoped
class JobWatch {
    private static final Logger LOG = Logger.getLogger(JobWatch.class);

    /** Longer than a restart of Redis or a failover to its replica takes. */
    static final Duration LONGEST_OUTAGE = Duration.ofMinutes(1);

    private final JobManager jobManager;
    private final JobEvents jobEvents;
    private final ProviderWaits waits;
    private final RedisTimeout redisTimeout;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** However many clients wait for a job, an event or a tick costs at most two reads of it. */
    private final SharedReads<String, JobSnapshot> sharedReads = new SharedReads<>(this::read);

    JobWatch(JobManager jobManager, JobEvents jobEvents, ProviderWaits waits, RedisTimeout redisTimeout,
            Clock clock,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.jobManager = jobManager;
        this.jobEvents = jobEvents;
        this.waits = waits;
        this.redisTimeout = redisTimeout;
        this.clock = clock;
        this.timer = timer;
    }

    /** The job now. Fails with {@link NoSuchJobException} or {@link RedisUnavailableException}. */
    Uni<JobSnapshot> read(String jobId) {
        return redisTimeout.request(jobManager.find(jobId)
                .map(found -> found.orElseThrow(NoSuchJobException::new))
                .chain(job -> waitOf(job).map(waiting -> new JobSnapshot(job, waiting, clock.instant()))));
    }

    /** The job once it differs from {@code seen}; {@code seen} itself if the limit expires or this instance stops first. */
    Uni<JobSnapshot> await(JobSnapshot seen, Duration limit) {
        if (limit.isZero()) {
            return Uni.createFrom().item(seen);
        }
        return changes(seen).toUni().onItem().ifNull().continueWith(seen)
                .ifNoItem().after(limit).on(timer).recoverWithItem(seen);
    }

    /**
     * The job at each change; several changes are one to a slow subscriber. A read that fails is repeated. Ends when this
     * instance is about to stop. Fails with a failure that {@link #isFinal}, or with {@link RedisUnavailableException} after
     * no read has succeeded for {@link #LONGEST_OUTAGE}.
     */
    Multi<JobSnapshot> changes(JobSnapshot seen) {
        return Multi.createFrom().deferred(() -> {
            AtomicReference<JobSnapshot> last = new AtomicReference<>(seen);
            AtomicReference<Instant> lastRead = new AtomicReference<>(clock.instant());
            return jobEvents.of(seen.job().id())
                    .onItem().transformToUniAndConcatenate(jobId -> readIfPossible(jobId, lastRead))
                    .select().where(now -> !now.isSameAs(last.get()))
                    .invoke(last::set);
        });
    }

    private Uni<JobSnapshot> readIfPossible(String jobId, AtomicReference<Instant> lastRead) {
        return sharedReads.read(jobId).invoke(() -> lastRead.set(clock.instant()))
                .onFailure(failure -> !isFinal(failure) && !isLongAgo(lastRead.get())).recoverWithItem(failure -> {
                    LOG.debugf("reading job %s failed, trying again: %s", jobId, failure);
                    return null;
                });
    }

    private boolean isLongAgo(Instant lastRead) {
        return clock.instant().isAfter(lastRead.plus(LONGEST_OUTAGE));
    }

    /** Whether every further read would fail as well. */
    static boolean isFinal(Throwable failure) {
        return failure instanceof NoSuchJobException || failure instanceof UnreadableValueException;
    }

    /** What the job waits for; nothing if it has a call under way. */
    private Uni<JobWait> waitOf(Job job) {
        return job.hasStylesToCall()
                ? waits.now()
                : Uni.createFrom().item(JobWait.NONE);
    }
}
