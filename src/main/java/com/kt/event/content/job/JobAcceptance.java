package com.kt.event.content.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.JobStore.Acceptance;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Accepts jobs: a record that lives for seconds, the entry as the draft's live job, the queue entry, a longer life of the
 * record. A job counts as accepted once its record has the longer life. Any step may be done by Redis without this
 * instance knowing: the answer is late or lost, the instance is killed, the caller gives up. Each step may therefore be
 * repeated, by whoever comes next, and arrive late:
 *
 * <table>
 * <caption>An acceptance that ends after a step</caption>
 * <tr><th>step</th><th>what it leaves</th><th>the same request again</th></tr>
 * <tr><td>0, the idempotency key's entry</td><td>the id of a job that does not exist</td>
 * <td>with the key: goes on with that id</td></tr>
 * <tr><td>1, the record</td><td>a record for {@link JobStore#UNACCEPTED_TTL}</td>
 * <td>with the key: queues that job, unless another makes what is wanted or has made it; without: creates another, and
 * the record expires</td></tr>
 * <tr><td>2, the live job's entry</td><td>the same, which requests for the draft find</td>
 * <td>waits a moment for the first request, and then queues that job in its place</td></tr>
 * <tr><td>3, the queue entry, not known to be written</td>
 * <td>a job that may run. Where no worker has taken it yet, its record is removed again, and the worker that takes the
 * entry finds nothing</td>
 * <td>with the key, and without it while the job runs: that job, which is queued unless it was. Without the key and
 * after the job has ended: generate answers with its images; force and regenerate are a new request, for which the
 * caller pays again: only a key can say that they are not</td></tr>
 * <tr><td>4, the longer life, not known to be given</td><td>an accepted job, or one as after step 3</td>
 * <td>as after step 3</td></tr>
 * <tr><td>5, the answer in the idempotency key's entry</td><td>an accepted job</td>
 * <td>with the key: the 202 of that job, as long as its record lives; when it has expired, 409, because nobody knows
 * whether the job ran</td></tr>
 * </table>
 *
 * A step that arrives after all this does no harm: no record is written over another, none is removed that a worker has
 * taken or that is accepted, and a second queue entry of a job finds it leased or ended.
 */
@ApplicationScoped
class JobAcceptance {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** A request waits 400 ms for another one to accept a job before it does so itself. */
    private static final int MAX_POLLS = 20;

    private final JobStore store;
    private final JobQueue queue;
    private final LiveJobs liveJobs;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    JobAcceptance(JobStore store, JobQueue queue, LiveJobs liveJobs, Clock clock,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.store = store;
        this.queue = queue;
        this.liveJobs = liveJobs;
        this.clock = clock;
        this.timer = timer;
    }

    /** As {@link JobManager#createJob}. */
    Uni<Job> createJob(JobRequest request, JobId id) {
        Job job = Job.create(id.value(), request, clock.instant());
        if (request.needsNoGeneration()) {
            return liveJobs.find(request.eventDraftId())
                    .chain(seen -> join(request, seen, id, () -> insertFinished(job)));
        }
        return store.insertUnaccepted(job)
                .chain(isWritten -> isWritten ? Uni.createFrom().item(job) : asWrittenBefore(job))
                .chain(written -> enter(written, id, request, LiveJobs.Seen.NOTHING));
    }

    /** An earlier attempt may have queued it, and another recommendation may be selected by now. */
    private Uni<Job> asWrittenBefore(Job job) {
        return store.find(job.id()).map(found -> found.orElse(job));
    }

    /**
     * Where an earlier attempt began a job that was to be drawn, and no worker has taken that, it need not be drawn any
     * more; else what became of that attempt counts.
     */
    private Uni<Job> insertFinished(Job job) {
        return store.insertAccepted(job)
                .chain(isWritten -> isWritten
                        ? Uni.createFrom().item(true)
                        : store.removeUnaccepted(job.id()).chain(() -> store.insertAccepted(job)))
                .chain(isWritten -> isWritten
                        ? Uni.createFrom().item(job)
                        : resume(job.id()).map(there -> there.orElseThrow(() -> new NotAcceptedException(job.id()))));
    }

    /**
     * As {@link JobManager#warmUp}: each step as it is, but on keys that do not exist, and so that it writes nothing.
     */
    Uni<Void> warmUp(JobRequest request) {
        Job job = Job.create(UUID.randomUUID().toString(), request, clock.instant());
        return resume(job.id())
                .chain(() -> liveJobs.find(job.eventDraftId()))
                .chain(() -> liveJobs.enter(job, LiveJobs.Seen.NEVER_THERE))
                .chain(() -> queue.append(job.id(), job.createdAt(), 0))
                .onFailure(QueueFullException.class).recoverWithNull()
                .chain(() -> store.accept(job.id()))
                .chain(() -> store.removeUnaccepted(job.id()));
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

    /** Nobody looks for a live job where there is none, as almost always: then one command does. */
    private Uni<Job> enter(Job job, JobId id, JobRequest request, LiveJobs.Seen seen) {
        return liveJobs.enter(job, seen).chain(there -> there.isEmpty()
                ? accept(job, id)
                : join(request, there.get(), id, () -> enter(job, id, request, there.get())));
    }

    private Uni<Job> join(JobRequest request, LiveJobs.Seen seen, JobId own, Supplier<Uni<Job>> otherwise) {
        return live(request, seen, own)
                .chain(live -> live.map(job -> Uni.createFrom().item(job)).orElseGet(otherwise));
    }

    /** The first of the draft's jobs that makes what is wanted and is really accepted. */
    private Uni<Optional<Job>> live(JobRequest request, LiveJobs.Seen seen, JobId own) {
        return Multi.createFrom().iterable(seen.madeFrom(request.recommendation().fingerprint()))
                // What an earlier attempt began to draw is not wanted where everything is there by now.
                .select().where(jobId -> !(request.needsNoGeneration() && jobId.equals(own.value())))
                .onItem().transformToUniAndConcatenate(jobId -> store.findReadable(jobId)
                        .map(found -> found.filter(request::isSatisfiedBy))
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(found)
                                : joined(found.get(), own)))
                .select().where(Optional::isPresent)
                .toUni()
                .map(found -> found == null ? Optional.empty() : found);
    }

    /** Where an earlier attempt entered this very job, nobody else need be waited for. */
    private Uni<Optional<Job>> joined(Job job, JobId own) {
        return job.id().equals(own.value())
                ? accept(job, own).map(Optional::of)
                : awaitAcceptance(job, MAX_POLLS);
    }

    /**
     * Queues a job whose record is there, and gives that a longer life. Where this comes to nothing the record is removed,
     * so that nobody holds the id of a job that nobody will run, and no job is run that was refused.
     */
    private Uni<Job> accept(Job job, JobId id) {
        return append(job, id)
                .chain(() -> store.accept(job.id()))
                .map(isThere -> {
                    if (!isThere) {
                        throw new NotAcceptedException(job.id());
                    }
                    return job;
                })
                .onFailure().call(() -> store.removeUnaccepted(job.id()))
                .onCancellation().invoke(() -> store.removeUnaccepted(job.id()).subscribe().with(done -> {
                }));
    }

    private Uni<Void> append(Job job, JobId id) {
        return id.isReused()
                ? queue.appendOnce(job.id(), job.createdAt())
                : queue.append(job.id(), job.createdAt());
    }

    /** Waits for the other request that is accepting the job, then takes over. Empty if the job's record is gone. */
    private Uni<Optional<Job>> awaitAcceptance(Job job, int pollsLeft) {
        return store.acceptance(job.id()).chain(state -> state == Acceptance.UNDER_WAY && pollsLeft > 0
                ? Uni.createFrom().item(job).onItem().delayIt().onExecutor(timer).by(POLL_INTERVAL)
                        .chain(() -> awaitAcceptance(job, pollsLeft - 1))
                : resume(job, state));
    }
}
