package com.kt.event.content.worker;

import java.time.Clock;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.redis.RedisTimeout;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/**
 * The background worker: its schedule and its lifecycle. Each duty has a class: {@link ClaimLoop} takes new jobs from the
 * queue, {@link LeaseRenewal} keeps the leases of those in flight, {@link StalledJobs} recovers what others left behind, and
 * {@link Drain} shuts down. They share {@link InFlightJobs}. Redis keeps instances apart: a job runs where its lease is.
 */
@ApplicationScoped
public class ImageWorker {
    private final InFlightJobs inFlight;
    private final ClaimLoop claimLoop;
    private final LeaseRenewal renewal;
    private final StalledJobs stalledJobs;
    private final Drain drain;

    ImageWorker(JobQueue queue, JobStore jobStore, EntryProcessor processor, ClaimPolicy policy,
            WorkerConfig config,
            JobConfig jobConfig, Clock clock, @Identifier("nano-time") LongSupplier nanoTime,
            RedisTimeout redisTimeout, JobEventLoops eventLoops) {
        inFlight = new InFlightJobs(config.enabled() ? config.maxInFlight() : 0);
        TakeOverGuard guard = new TakeOverGuard(config.lease(), config.heartbeat(), nanoTime);
        JobDispatcher dispatcher = new JobDispatcher(inFlight, eventLoops::executorFor,
                job -> processor.process(job, config.lease()),
                entry -> redisTimeout.worker(queue.handBack(entry)), config.lease());
        stalledJobs = new StalledJobs(queue, new OverdueScan(queue, jobConfig, clock, nanoTime), inFlight, guard,
                policy,
                dispatcher, config, redisTimeout);
        claimLoop = new ClaimLoop(inFlight, guard,
                new ClaimLoop.Steps(policy::limit,
                        () -> redisTimeout.worker(queue.open()),
                        (max, wait) -> redisTimeout.worker(queue.take(max, wait), wait),
                        dispatcher::dispatch,
                        stalledJobs::takeOverIfDue),
                config.heartbeat(), nanoTime);
        inFlight.onRoom(() -> claimLoop.run().subscribe().with(done -> {
        }));
        renewal = new LeaseRenewal(inFlight, queue, jobStore, guard, config.lease(), redisTimeout);
        drain = new Drain(inFlight, claimLoop, jobStore, queue, config);
    }

    /** The loop claims a job the moment it is accepted; the schedule restarts it, whatever ended it. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, identity = "claim-jobs")
    Uni<Void> claimJobs() {
        return claimLoop.run();
    }

    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "renew-leases")
    Uni<Void> renewLeases() {
        return renewal.renewAll();
    }

    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP, identity = "sweep")
    Uni<Void> sweep() {
        return claimLoop.hasOpenedGroup() ? stalledJobs.sweep() : Uni.createFrom().voidItem();
    }

    @Scheduled(every = "{content.worker.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "end-overdue-jobs")
    Uni<Void> endOverdueJobs() {
        return stalledJobs.endOverdue();
    }

    /** New jobs go to other instances from now on, and need not wait for the requests that still run here. */
    void stopClaiming(@Observes ShutdownDelayInitiatedEvent event) {
        inFlight.shutDown();
    }

    void stop(@Observes ShutdownEvent event) {
        drain();
    }

    void drain() {
        drain.run();
    }

    /** Whether it should claim jobs but does not even try to. */
    boolean isStuck() {
        return claimLoop.isStuck();
    }

    /** Whether it runs no job and does not wait for one. */
    boolean isIdle() {
        return inFlight.size() == 0 && claimLoop.end().isDone();
    }

    /** How many jobs it runs. */
    int inFlight() {
        return inFlight.size();
    }
}
