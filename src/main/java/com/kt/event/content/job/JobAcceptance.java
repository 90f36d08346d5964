package com.kt.event.content.job;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

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
 * <tr><td>1, the record</td><td>a record for {@link JobManager#UNTIL_IT_IS_QUEUED}</td>
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
    /**
     * Writes the record unless there is one. KEYS[1] the job; ARGV: time to live (ms), then field, value, and so on.
     * Answers whether it was written.
     */
    private static final String INSERT = """
            if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
            redis.call('HSET', KEYS[1], unpack(ARGV, 2))
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    /**
     * Removes the record of a job that was not accepted, unless a worker has it. Its status does not tell: one that has
     * some of its images from the start is not PENDING. KEYS[1] the job; ARGV[1] how long (ms) a record lives at most that
     * is not accepted. Answers whether it was removed.
     */
    private static final String WITHDRAW = """
            local record = redis.call('HMGET', KEYS[1], 'version', 'owner')
            if record[1] ~= '1' or record[2] then return 0 end
            if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[1]) then return 0 end
            return redis.call('DEL', KEYS[1])
            """;

    private static final Duration NEXT_LOOK = Duration.ofMillis(20);

    /** How often a request looks whether another one has accepted a job, before it does so itself: for 400 ms. */
    private static final int MOST_LOOKS = 20;

    private final ReactiveRedisDataSource redis;
    private final JobReader jobs;
    private final JobQueue queue;
    private final LiveJobs liveJobs;
    private final JobCodec hash;
    private final JobConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    JobAcceptance(ReactiveRedisDataSource redis, JobReader jobs, JobQueue queue, LiveJobs liveJobs, JobCodec hash,
            JobConfig config, Clock clock, @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.jobs = jobs;
        this.queue = queue;
        this.liveJobs = liveJobs;
        this.hash = hash;
        this.config = config;
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
        return insert(job, JobManager.UNTIL_IT_IS_QUEUED)
                .chain(isWritten -> isWritten ? Uni.createFrom().item(job) : asWrittenBefore(job))
                .chain(written -> enter(written, id, request, LiveJobs.Seen.NOTHING));
    }

    /** An earlier attempt may have queued it, and another recommendation may be selected by now. */
    private Uni<Job> asWrittenBefore(Job job) {
        return jobs.find(job.id()).map(found -> found.orElse(job));
    }

    /**
     * Where an earlier attempt began a job that was to be drawn, and no worker has taken that, it need not be drawn any
     * more; else what became of that attempt counts.
     */
    private Uni<Job> insertFinished(Job job) {
        return insert(job, config.job().ttl())
                .chain(isWritten -> isWritten
                        ? Uni.createFrom().item(true)
                        : withdraw(job.id()).chain(() -> insert(job, config.job().ttl())))
                .chain(isWritten -> isWritten
                        ? Uni.createFrom().item(job)
                        : resume(job.id()).map(there -> there.orElseThrow(() -> new NotAcceptedException(job.id()))));
    }

    /**
     * As {@link JobManager#warmUp}: each step as it is, but on keys that do not exist, and so that it writes nothing.
     */
    Uni<Void> warmUp(JobRequest request) {
        Job job = Job.create(UUID.randomUUID().toString(), request, clock.instant());
        hash.whole(job);
        return resume(job.id())
                .chain(() -> liveJobs.find(job.eventDraftId()))
                .chain(() -> liveJobs.enter(job, LiveJobs.Seen.NEVER_THERE))
                .chain(() -> queue.append(job.id(), job.createdAt(), 0))
                .onFailure(QueueFullException.class).recoverWithNull()
                .chain(() -> redis.key().pexpire(JobManager.key(job.id()), config.job().ttl()))
                .chain(() -> withdraw(job.id()));
    }

    /** As {@link JobManager#findAccepted}. */
    Uni<Optional<Job>> findAccepted(String jobId) {
        return jobs.find(jobId).chain(found -> found.isEmpty() || found.get().ended()
                ? Uni.createFrom().item(found)
                : timeToLive(jobId).map(timeToLive -> found.filter(job -> isAccepted(timeToLive))));
    }

    /** As {@link JobManager#resume}. */
    Uni<Optional<Job>> resume(String jobId) {
        return jobs.find(jobId).chain(found -> found.isEmpty()
                ? Uni.createFrom().item(found)
                : timeToLive(jobId).chain(timeToLive -> resume(found.get(), timeToLive)));
    }

    private Uni<Optional<Job>> resume(Job job, long timeToLive) {
        if (isAccepted(timeToLive)) {
            return Uni.createFrom().item(Optional.of(job));
        }
        return isGone(timeToLive)
                ? Uni.createFrom().item(Optional.empty())
                : accept(job, JobId.reuse(job.id())).map(Optional::of);
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
                .onItem().transformToUniAndConcatenate(jobId -> jobs.findReadable(jobId)
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
                : onceAccepted(job, MOST_LOOKS);
    }

    /**
     * Queues a job whose record is there, and gives that a longer life. Where this comes to nothing the record is removed,
     * so that nobody holds the id of a job that nobody will run, and no job is run that was refused.
     */
    private Uni<Job> accept(Job job, JobId id) {
        return append(job, id)
                .chain(() -> redis.key().pexpire(JobManager.key(job.id()), config.job().ttl()))
                .map(isThere -> {
                    if (!isThere) {
                        throw new NotAcceptedException(job.id());
                    }
                    return job;
                })
                .onFailure().call(() -> withdraw(job.id()))
                .onCancellation().invoke(() -> withdraw(job.id()).subscribe().with(done -> {
                }));
    }

    private Uni<Void> append(Job job, JobId id) {
        return id.isReused()
                ? queue.appendOnce(job.id(), job.createdAt())
                : queue.append(job.id(), job.createdAt());
    }

    /** Another request is about to queue it. Empty where that came to nothing. */
    private Uni<Optional<Job>> onceAccepted(Job job, int looks) {
        return timeToLive(job.id()).chain(timeToLive -> {
            if (isAccepted(timeToLive) || isGone(timeToLive)) {
                return Uni.createFrom().item(isGone(timeToLive) ? Optional.empty() : Optional.of(job));
            }
            return looks == 0
                    ? accept(job, JobId.reuse(job.id())).map(Optional::of)
                    : Uni.createFrom().item(job).onItem().delayIt().onExecutor(timer).by(NEXT_LOOK)
                            .chain(() -> onceAccepted(job, looks - 1));
        });
    }

    private static boolean isAccepted(long timeToLive) {
        return timeToLive > JobManager.UNTIL_IT_IS_QUEUED.toMillis();
    }

    private static boolean isGone(long timeToLive) {
        return timeToLive < 0;
    }

    private Uni<Long> timeToLive(String jobId) {
        return redis.execute(Command.PTTL, JobManager.key(jobId)).map(Response::toLong);
    }

    private Uni<Boolean> insert(Job job, Duration timeToLive) {
        List<String> args = new ArrayList<>(List.of(millis(timeToLive)));
        args.addAll(hash.whole(job));
        return eval(INSERT, job.id(), args).map(answer -> answer.toInteger() == 1);
    }

    /** Where Redis does not hear of it, the record is soon forgotten. */
    private Uni<Void> withdraw(String jobId) {
        return eval(WITHDRAW, jobId, List.of(millis(JobManager.UNTIL_IT_IS_QUEUED)))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private Uni<Response> eval(String script, String jobId, List<String> args) {
        List<String> all = new ArrayList<>(List.of(script, "1", JobManager.key(jobId)));
        all.addAll(args);
        return redis.execute(Command.EVAL, all.toArray(String[]::new));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
