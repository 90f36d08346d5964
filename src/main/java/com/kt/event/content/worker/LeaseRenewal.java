package com.kt.event.content.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisTimeout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Renews the leases of the jobs in flight, in their records and in the queue. */
final class LeaseRenewal {
    private static final Logger LOG = Logger.getLogger(LeaseRenewal.class);

    private final InFlightJobs inFlight;
    private final JobQueue queue;
    private final JobStore jobStore;
    private final TakeOverGuard guard;
    private final Duration lease;
    private final RedisTimeout redisTimeout;

    LeaseRenewal(InFlightJobs inFlight, JobQueue queue, JobStore jobStore, TakeOverGuard guard, Duration lease,
            RedisTimeout redisTimeout) {
        this.inFlight = inFlight;
        this.queue = queue;
        this.jobStore = jobStore;
        this.guard = guard;
        this.lease = lease;
        this.redisTimeout = redisTimeout;
    }

    Uni<Void> renewAll() {
        List<InFlightJob> all = inFlight.all();
        if (all.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Failures failures = new Failures();
        return Multi.createFrom().iterable(all)
                .onItem().transformToUniAndMerge(job -> renew(job, failures))
                .onItem().<QueueEntry>disjoint()
                .collect().asList()
                .chain(this::touch)
                .onFailure().invoke(failures::add)
                .onFailure().recoverWithNull()
                .invoke(() -> failures.report(all.size()));
    }

    /** The job's entry if the lease is ours, as it is assumed to be while Redis does not answer. */
    private Uni<List<QueueEntry>> renew(InFlightJob job, Failures failures) {
        return redisTimeout.worker(jobStore.renew(job.jobId(), job.owner(), lease))
                // A value that is not a job record has no lease. The sweep that finds the entry stalled removes it.
                .onFailure(RedisFailures::isFinal).recoverWithItem(false)
                .onFailure().invoke(failures::add)
                .onFailure().recoverWithItem(true)
                .map(ours -> ours ? List.of(job.entry()) : List.of());
    }

    /** Only entries whose lease is ours: if the present holder dies, its entry must be found stalled. */
    private Uni<Void> touch(List<QueueEntry> ours) {
        return ours.isEmpty() ? Uni.createFrom().voidItem() : redisTimeout.worker(queue.touch(ours));
    }

    /** Collects failures for one log line, because the renewals mostly fail together. */
    private final class Failures {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicReference<Throwable> first = new AtomicReference<>();

        private void add(Throwable failure) {
            guard.failed();
            count.incrementAndGet();
            first.compareAndSet(null, failure);
        }

        private void report(int all) {
            if (count.get() > 0) {
                LOG.warnf("renewal of %d of %d leases failed, retrying at the next heartbeat: %s",
                        Math.min(count.get(), all), all, LogText.of(first.get()));
            }
        }
    }
}
