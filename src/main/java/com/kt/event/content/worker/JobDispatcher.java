package com.kt.event.content.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jboss.logging.Logger;

import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Starts the jobs of claimed queue entries, and frees each job's permit when it ends. */
final class JobDispatcher {
    private static final Logger LOG = Logger.getLogger(JobDispatcher.class);

    private final InFlightJobs inFlight;
    private final Function<InFlightJob, Executor> eventLoop;
    private final Function<InFlightJob, Uni<Void>> process;
    private final Function<QueueEntry, Uni<Void>> handBack;
    private final Duration lease;

    JobDispatcher(InFlightJobs inFlight, Function<InFlightJob, Executor> eventLoop,
            Function<InFlightJob, Uni<Void>> process, Function<QueueEntry, Uni<Void>> handBack, Duration lease) {
        this.inFlight = inFlight;
        this.eventLoop = eventLoop;
        this.process = process;
        this.handBack = handBack;
        this.lease = lease;
    }

    /** Returns once the jobs are about to start. Entries that arrive during shutdown are handed back instead. */
    Uni<Void> dispatch(Reservation permits, List<QueueEntry> entries) {
        if (inFlight.isShutDown()) {
            return Multi.createFrom().iterable(entries)
                    .onItem().transformToUniAndConcatenate(handBack::apply)
                    .onItem().ignoreAsUni();
        }
        permits.use(entries).forEach(job -> eventLoop.apply(job).execute(() -> start(job)));
        return Uni.createFrom().voidItem();
    }

    /** A job that was handed back before it began belongs to another instance. */
    private void start(InFlightJob job) {
        if (!job.isCancelled()) {
            job.startedAs(process.apply(job).subscribe().with(
                    done -> inFlight.end(job),
                    failure -> failed(job, failure)));
        }
    }

    private void failed(InFlightJob job, Throwable failure) {
        if (failure instanceof LeaseLostException) {
            LOG.warnf("lease lost, abandoning local run of job %s", job.loggedId());
        } else {
            LOG.errorf("job %s: failed locally, will be reclaimed after %d s: %s", job.loggedId(), lease.toSeconds(),
                    LogText.of(failure));
        }
        inFlight.end(job);
    }
}
