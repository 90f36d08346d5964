package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.breaker.BreakerState;
import com.kt.event.content.breaker.SharedBreaker;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobEvents;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.NoSuchJobException;
import com.kt.event.content.redis.Patience;
import com.kt.event.content.redis.UnreadableValueException;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks at jobs, and waits until there is something new to see. */
@ApplicationScoped
class JobWatch {
    private static final Logger LOG = Logger.getLogger(JobWatch.class);

    /** Longer than a Redis needs that is started again, or whose replica takes over. */
    static final Duration LONGEST_OUTAGE = Duration.ofMinutes(1);

    private final JobManager jobManager;
    private final JobEvents events;
    private final SharedBreaker breaker;
    private final Patience patience;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** However many wait for a job, a hint or a tick costs two reads of it at most. */
    private final SharedReads<String, JobSnapshot> looks = new SharedReads<>(this::look);

    JobWatch(JobManager jobManager, JobEvents events, SharedBreaker breaker, Patience patience, Clock clock,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.jobManager = jobManager;
        this.events = events;
        this.breaker = breaker;
        this.patience = patience;
        this.clock = clock;
        this.timer = timer;
    }

    /** The job as it is. Fails with {@link NoSuchJobException} or {@link RedisUnavailableException}. */
    Uni<JobSnapshot> look(String jobId) {
        return patience.limit(jobManager.find(jobId)
                .map(found -> found.orElseThrow(NoSuchJobException::new))
                .chain(job -> pauseOf(job).map(pause -> new JobSnapshot(job, pause, clock.instant()))));
    }

    /** The job as soon as it is not as it was any more; as it was where it still is when time is over or the watch ends. */
    Uni<JobSnapshot> await(JobSnapshot seen, Duration limit) {
        if (limit.isZero()) {
            return Uni.createFrom().item(seen);
        }
        return changes(seen).toUni().onItem().ifNull().continueWith(seen)
                .ifNoItem().after(limit).on(timer).recoverWithItem(seen);
    }

    /**
     * The job each time that it is not as it was; to whoever is slow, several changes are one. A look that fails is made
     * again. Ends when this instance is about to stop. Fails where {@link #isFinal} says so, or with
     * {@link RedisUnavailableException} when no look has succeeded for {@link #LONGEST_OUTAGE}.
     */
    Multi<JobSnapshot> changes(JobSnapshot seen) {
        return Multi.createFrom().deferred(() -> {
            AtomicReference<JobSnapshot> last = new AtomicReference<>(seen);
            AtomicReference<Instant> lastLook = new AtomicReference<>(clock.instant());
            return events.of(seen.job().id())
                    .onItem().transformToUniAndConcatenate(jobId -> lookIfPossible(jobId, lastLook))
                    .select().where(now -> !now.isSameAs(last.get()))
                    .invoke(last::set);
        });
    }

    private Uni<JobSnapshot> lookIfPossible(String jobId, AtomicReference<Instant> lastLook) {
        return looks.read(jobId).invoke(() -> lastLook.set(clock.instant()))
                .onFailure(failure -> !isFinal(failure) && !isLongAgo(lastLook.get())).recoverWithItem(failure -> {
                    LOG.debugf("job %s: could not look at it, trying again: %s", jobId, failure);
                    return null;
                });
    }

    private boolean isLongAgo(Instant lastLook) {
        return clock.instant().isAfter(lastLook.plus(LONGEST_OUTAGE));
    }

    /** Whether there will be nothing to see however often one looks. */
    static boolean isFinal(Throwable failure) {
        return failure instanceof NoSuchJobException || failure instanceof UnreadableValueException;
    }

    /** How long the job waits for the provider: only one that has no call out does. */
    private Uni<Duration> pauseOf(Job job) {
        return job.hasStylesToCall()
                ? breaker.state().map(BreakerState::remaining)
                : Uni.createFrom().item(Duration.ZERO);
    }
}
