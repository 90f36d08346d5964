package com.kt.event.content.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.JobStore.Acceptance;
import com.kt.event.content.job.LiveJobs.Snapshot;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisBatchException;
import com.kt.event.content.redis.RedisPipeline;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The protocol of accepting a job: write a record that expires within seconds, and register it as the draft's live job;
 * append the queue entry; extend the life of the record. A job counts as accepted once its record has been extended. Redis
 * may execute any step without this instance learning of it: the response is late or lost, the instance is killed, or the
 * caller gives up. Therefore every step may be repeated, by any instance, and may arrive late. The section "Accepting a job"
 * of {@code src/docs/architecture.md} says what a crash after each step leaves, and what the next request does.
 *
 * <p>The record is extended only once the queue entry is known to be written: another request may be answered with a record
 * that has its full life, so its job must be queued.
 *
 * <p>A step that arrives after all of this is harmless: no record overwrites another, no record is removed that is accepted
 * or claimed, and a second queue entry of a job finds it leased or ended.
 */
@ApplicationScoped
class JobAcceptance {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** A request waits 400 ms for another one to accept a job before it accepts the job itself. */
    private static final int MAX_POLLS = 20;

    private final JobStore store;
    private final JobQueue queue;
    private final LiveJobs liveJobs;
    private final RedisPipeline pipeline;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    JobAcceptance(JobStore store, JobQueue queue, LiveJobs liveJobs, RedisPipeline pipeline, Clock clock,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.store = store;
        this.queue = queue;
        this.liveJobs = liveJobs;
        this.pipeline = pipeline;
        this.clock = clock;
        this.timer = timer;
    }

    /** As {@link JobManager#createJob}. */
    Uni<Job> createJob(JobRequest request, JobId id) {
        Job job = Job.create(id.value(), request, clock.instant());
        if (request.needsNoGeneration()) {
            return liveJobs.find(request.eventDraftId())
                    .chain(found -> joinOr(request, found, id, () -> insertCompleted(job)));
        }
        return id.isReused() ? insertThenRegister(job, id, request) : insertAndRegister(job, id, request);
    }

    private Uni<Job> insertThenRegister(Job job, JobId id, JobRequest request) {
        return store.insertUnaccepted(job)
                .chain(isInserted -> isInserted ? Uni.createFrom().item(job) : asInsertedBefore(job))
                .chain(inserted -> register(inserted, id, request, Snapshot.EMPTY));
    }

    /**
     * Writes the record and the entry of the live job at once. Redis executes the two in this order, so nobody finds the
     * entry without the record.
     */
    private Uni<Job> insertAndRegister(Job job, JobId id, JobRequest request) {
        RedisBatch batch = new RedisBatch();
        store.addInsertUnaccepted(job, batch);
        liveJobs.addFirst(job, batch);
        return pipeline.send(batch)
                .chain(replies -> JobStore.isInserted(replies.get(0))
                        ? inserted(job, id, request, LiveJobs.isFirst(replies.get(1)))
                        : asInsertedBefore(job).chain(before -> register(before, id, request, Snapshot.EMPTY)))
                .onFailure(JobAcceptance::isRecordRefused).recoverWithUni(() -> createJob(request, JobId.create()));
    }

    /**
     * A Redis that has forgotten its scripts executes only the second command. The record must not follow: a request that
     * found the entry without it is about to replace the entry.
     */
    private static boolean isRecordRefused(Throwable failure) {
        return failure instanceof RedisBatchException batch && String.valueOf(batch.error(0)).startsWith("NOSCRIPT");
    }

    private Uni<Job> inserted(Job job, JobId id, JobRequest request, boolean isFirst) {
        return isFirst
                ? accept(job, id)
                : liveJobs.find(job.eventDraftId())
                        .chain(found -> joinOr(request, found, id, () -> register(job, id, request, found)));
    }

    /** An earlier attempt may have queued the job, and the draft's recommendation may have changed since. */
    private Uni<Job> asInsertedBefore(Job job) {
        return store.find(job.id()).map(found -> found.orElse(job));
    }

    /**
     * Replaces a job that an earlier attempt began, unless a worker has claimed it: it need not be generated any more. If a
     * worker has, the earlier attempt counts.
     */
    private Uni<Job> insertCompleted(Job job) {
        return store.insertAccepted(job)
                .chain(isInserted -> isInserted
                        ? Uni.createFrom().item(true)
                        : store.removeUnaccepted(job.id()).chain(() -> store.insertAccepted(job)))
                .chain(isInserted -> isInserted
                        ? Uni.createFrom().item(job)
                        : resume(job.id()).map(found -> found.orElseThrow(() -> new NotAcceptedException(job.id()))));
    }

    /** Registers the job as live without reading first: a draft rarely has a live job, so one command is enough. */
    private Uni<Job> register(Job job, JobId id, JobRequest request, Snapshot expected) {
        return liveJobs.add(job, expected).chain(result -> result.isAdded()
                ? accept(job, id)
                : joinOr(request, result.current(), id, () -> register(job, id, request, result.current())));
    }

    private Uni<Job> joinOr(JobRequest request, Snapshot live, JobId own, Supplier<Uni<Job>> otherwise) {
        return findLive(request, live, own)
                .chain(found -> found.map(job -> Uni.createFrom().item(job)).orElseGet(otherwise));
    }

    /** The first of the draft's live jobs that satisfies the request and is accepted. */
    private Uni<Optional<Job>> findLive(JobRequest request, Snapshot live, JobId own) {
        return Multi.createFrom().iterable(live.madeFrom(request.recommendation().fingerprint()))
                // A job that an earlier attempt began is not needed once all its images exist.
                .select().where(jobId -> !(request.needsNoGeneration() && jobId.equals(own.value())))
                .onItem().transformToUniAndConcatenate(jobId -> store.findReadable(jobId)
                        .map(found -> found.filter(request::isSatisfiedBy))
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(found)
                                : join(found.get(), own)))
                .select().where(Optional::isPresent)
                .toUni()
                .map(found -> found == null ? Optional.empty() : found);
    }

    /** A job that an earlier attempt of the same request registered is accepted without waiting for another request. */
    private Uni<Optional<Job>> join(Job job, JobId own) {
        return job.id().equals(own.value())
                ? accept(job, own).map(Optional::of)
                : awaitAcceptance(job, MAX_POLLS);
    }

    /** Waits for the other request that is accepting the job, then takes over. Empty if the job's record is gone. */
    private Uni<Optional<Job>> awaitAcceptance(Job job, int pollsLeft) {
        return store.acceptance(job.id()).chain(state -> state == Acceptance.UNDER_WAY && pollsLeft > 0
                ? Uni.createFrom().item(job).onItem().delayIt().onExecutor(timer).by(POLL_INTERVAL)
                        .chain(() -> awaitAcceptance(job, pollsLeft - 1))
                : resume(job, state));
    }

    /**
     * Queues a job that has a record, and extends the record. If that fails or is cancelled the record is removed, so that
     * no client holds the id of a job that never runs, and no refused job runs.
     */
    private Uni<Job> accept(Job job, JobId id) {
        return enqueue(job, id)
                .chain(() -> store.accept(job.id()))
                .map(exists -> {
                    if (!exists) {
                        throw new NotAcceptedException(job.id());
                    }
                    return job;
                })
                .onFailure().call(() -> store.removeUnaccepted(job.id()))
                .onCancellation().invoke(() -> store.removeUnaccepted(job.id()).subscribe().with(done -> {
                }));
    }

    private Uni<Void> enqueue(Job job, JobId id) {
        return id.isReused()
                ? queue.appendOnce(job.id(), job.createdAt())
                : queue.append(job.id(), job.createdAt());
    }

    /** As {@link JobManager#findAccepted}. */
    Uni<Optional<Job>> findAccepted(String jobId) {
        return store.find(jobId).chain(found -> found.isEmpty() || found.get().ended()
                ? Uni.createFrom().item(found)
                : store.acceptance(jobId).map(state -> found.filter(job -> state == Acceptance.ACCEPTED)));
    }

    /** As {@link JobManager#resume}. */
    Uni<Optional<Job>> resume(String jobId) {
        return store.find(jobId).chain(found -> found.isEmpty()
                ? Uni.createFrom().item(found)
                : store.acceptance(jobId).chain(state -> resume(found.get(), state)));
    }

    private Uni<Optional<Job>> resume(Job job, Acceptance state) {
        return switch (state) {
            case ACCEPTED -> Uni.createFrom().item(Optional.of(job));
            case GONE -> Uni.createFrom().item(Optional.empty());
            case UNDER_WAY -> accept(job, JobId.reuse(job.id())).map(Optional::of);
        };
    }

    /** As {@link JobManager#warmUp}. The steps run on keys that do not exist, with arguments that let nothing be written. */
    Uni<Void> warmUp(JobRequest request) {
        Job job = Job.create(UUID.randomUUID().toString(), request, clock.instant());
        return store.warmUp(job)
                .chain(() -> resume(job.id()))
                .chain(() -> liveJobs.find(job.eventDraftId()))
                .chain(() -> liveJobs.add(job, Snapshot.NEVER_CURRENT))
                .chain(() -> queue.append(job.id(), job.createdAt(), 0))
                .onFailure(QueueFullException.class).recoverWithNull()
                .chain(() -> store.removeUnaccepted(job.id()));
    }
}
