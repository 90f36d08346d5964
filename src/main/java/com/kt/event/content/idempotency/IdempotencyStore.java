package com.kt.event.content.idempotency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.api.JobAccepted;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobId;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.job.QueueFullException;
import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.recommendation.RecommendationNotSelectedException;
import com.kt.event.content.recommendation.UnreadableRecommendationException;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/**
 * Remembers the first answer to a request that carries a key, {@code content:idempotency:{key}}, so that whoever did not
 * hear it can ask again. Only a job that was accepted is remembered: what went wrong may be tried again.
 *
 * <p>The entry names the job before anything is done. Where an attempt ends in doubt, because Redis was not heard in time,
 * the caller hung up or the instance died, the next one with the key looks what became of that job: it is the answer, or
 * is accepted now, with the same id. So one key never starts two jobs. {@code JobAcceptance} has the table of what may be
 * left behind.
 */
@ApplicationScoped
public class IdempotencyStore {
    private static final Logger LOG = Logger.getLogger(IdempotencyStore.class);

    private static final Duration LIFE = Duration.ofHours(24);

    /** Longer than any request waits for its answer; then the one that was to give it is gone. */
    private static final Duration HOLD = Duration.ofSeconds(10);
    private static final Duration NEXT_LOOK = Duration.ofMillis(20);

    /** Of these the first attempt can be sure that it began nothing. */
    private static final Set<Class<? extends Throwable>> NOTHING_BEGUN = Set.of(
            RecommendationNotSelectedException.class,
            UnreadableRecommendationException.class, QueueFullException.class);

    /**
     * Takes the key, for ARGV[4] ms, unless somebody has it or the answer is known. KEYS[1] the key; ARGV: the request, the
     * job's id if this is the first attempt, who takes the key, for how long (ms), the entry's time to live (ms). Answers
     * an {@link Outcome}, and then where it was taken the job's id and how long ago (ms) the first attempt began, or where
     * the answer is known the entry. An entry without a job's id was written by an earlier version, for a few seconds.
     */
    private static final String TAKE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local there = redis.pcall('GET', KEYS[1])
            local entry = {request = ARGV[1], jobId = ARGV[2], startedAt = now}
            if there then
                local isJson, read = pcall(cjson.decode, there)
                if not isJson or type(read) ~= 'table' or type(read.request) ~= 'string' then return {'UNREADABLE'} end
                if read.request ~= ARGV[1] then return {'OTHER_REQUEST'} end
                if type(read.answer) == 'table' then return {'ANSWERED', there} end
                if type(read.jobId) ~= 'string' then
                    local left = redis.call('PTTL', KEYS[1])
                    return {left >= 0 and left <= tonumber(ARGV[4]) and 'HELD' or 'UNREADABLE'}
                end
                local left = (tonumber(read.heldUntil) or 0) - now
                if left > 0 and left <= tonumber(ARGV[4]) then return {'HELD'} end
                entry = read
                entry.startedAt = math.max(0, math.min(now, tonumber(read.startedAt) or 0))
            end
            entry.holder = ARGV[3]
            entry.heldUntil = now + ARGV[4]
            redis.call('SET', KEYS[1], cjson.encode(entry), unpack(there and {'KEEPTTL'} or {'PX', ARGV[5]}))
            return {there and 'TAKEN_OVER' or 'TAKEN', entry.jobId, string.format('%.0f', now - entry.startedAt)}
            """;

    /**
     * Lets the next attempt go on. KEYS[1] the key; ARGV: who has it, and 1 where nothing was begun, so that the entry is
     * not needed. Does nothing where another has the key or the answer is known.
     */
    private static final String RELEASE = """
            local isJson, entry = pcall(cjson.decode, redis.pcall('GET', KEYS[1]))
            if not isJson or type(entry) ~= 'table' or entry.holder ~= ARGV[1] then return 0 end
            if ARGV[2] == '1' then return redis.call('DEL', KEYS[1]) end
            entry.heldUntil = 0
            redis.call('SET', KEYS[1], cjson.encode(entry), 'KEEPTTL')
            return 1
            """;

    private final ReactiveRedisDataSource redis;
    private final JobManager jobManager;
    private final ObjectMapper json;
    private final Duration jobTtl;
    private final ScheduledExecutorService timer;
    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));

    private enum Outcome {
        /** This is the first attempt. */
        TAKEN,
        /** An earlier attempt ended in doubt. */
        TAKEN_OVER,
        /** An attempt is under way. */
        HELD,
        ANSWERED,
        OTHER_REQUEST,
        UNREADABLE
    }

    @RegisterForReflection
    record Entry(String request, JobAccepted answer) {
    }

    /** @param replayed whether it had been given before */
    public record Answer(JobAccepted job, boolean replayed) {
    }

    /** One attempt to answer the request with the key. */
    private record Attempt(String key, String request, String holder, Function<JobId, Uni<Job>> work) {
    }

    IdempotencyStore(ReactiveRedisDataSource redis, JobManager jobManager, ObjectMapper json, JobConfig config,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.jobManager = jobManager;
        this.json = json;
        this.jobTtl = config.job().ttl();
        this.timer = timer;
    }

    /**
     * Does the work where the key is new, and else answers what that answered, waiting for it where need be. Fails with
     * {@link IdempotencyKeyReusedException} where the key came with another request, and with {@link LostAnswerException}.
     */
    public Uni<Answer> once(String key, String request, Function<JobId, Uni<Job>> work) {
        return Uni.createFrom()
                .deferred(() -> answer(new Attempt(key, request, UUID.randomUUID().toString(), work)));
    }

    /** Goes the way of a request with a key for the first time, so that its first caller need not, and leaves nothing. */
    public Uni<Void> warmUp() {
        String key = UUID.randomUUID().toString();
        read(key, write(new Entry(key, new JobAccepted(key, JobStatus.PENDING, key))));
        return release(new Attempt(key, key, key, null), true);
    }

    private Uni<Answer> answer(Attempt attempt) {
        return take(attempt).chain(taken -> switch (Outcome.valueOf(taken.get(0).toString())) {
            case TAKEN -> finish(attempt, attempt.work().apply(new JobId(taken.get(1).toString(), false))
                    .map(job -> new Answer(JobAccepted.of(job), false)), taken, NOTHING_BEGUN);
            case TAKEN_OVER -> finish(attempt, resume(attempt, taken), taken, Set.of());
            case HELD -> Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(NEXT_LOOK)
                    .chain(() -> answer(attempt));
            case ANSWERED -> Uni.createFrom().item(new Answer(read(attempt.key(), taken.get(1).toString()), true));
            case OTHER_REQUEST -> throw new IdempotencyKeyReusedException();
            case UNREADABLE -> throw unreadable(attempt.key());
        });
    }

    private Uni<Response> take(Attempt attempt) {
        return redis.execute(Command.EVAL, TAKE, "1", key(attempt.key()), attempt.request(),
                JobId.create().value(), attempt.holder(), millis(HOLD), millis(LIFE))
                // Redis may have done it all the same.
                .onFailure().call(() -> release(attempt, false))
                .onCancellation().invoke(() -> release(attempt, false).subscribe().with(done -> {
                }));
    }

    /**
     * What became of the job that an earlier attempt was to start. Where that was not accepted the work is done again, with
     * the same id: meanwhile another job may make what is wanted, or have made it.
     */
    private Uni<Answer> resume(Attempt attempt, Response taken) {
        String jobId = taken.get(1).toString();
        Duration age = Duration.ofMillis(taken.get(2).toLong());
        return jobManager.findAccepted(jobId)
                .onFailure(UnreadableValueException.class).transform(failure -> new LostAnswerException())
                .chain(job -> {
                    if (job.isPresent()) {
                        return Uni.createFrom().item(new Answer(JobAccepted.of(job.get()), true));
                    }
                    if (age.compareTo(jobTtl) >= 0) {
                        throw new LostAnswerException();
                    }
                    return attempt.work().apply(JobId.reuse(jobId))
                            .onFailure(IdempotencyStore::isRecommendationLost)
                            .recoverWithUni(failure -> begun(jobId, failure))
                            .map(started -> new Answer(JobAccepted.of(started), false));
                });
    }

    private static boolean isRecommendationLost(Throwable failure) {
        return failure instanceof RecommendationNotSelectedException
                || failure instanceof UnreadableRecommendationException;
    }

    /** The job has its recommendation already, and may be queued. */
    private Uni<Job> begun(String jobId, Throwable failure) {
        return jobManager.resume(jobId).chain(job -> job.isPresent()
                ? Uni.createFrom().item(job.get())
                : Uni.createFrom().failure(failure));
    }

    private Uni<Answer> finish(Attempt attempt, Uni<Answer> work, Response taken,
            Set<Class<? extends Throwable>> nothingBegun) {
        return work
                .call(answer -> remember(attempt, answer.job(), taken.get(1).toString()))
                .onFailure().call(failure -> release(attempt, nothingBegun.contains(failure.getClass())))
                .onCancellation().invoke(() -> release(attempt, false).subscribe().with(done -> {
                }));
    }

    /** Where the answer is the job that the entry names, the entry will do: the job can be found by it. */
    private Uni<Void> remember(Attempt attempt, JobAccepted answer, String jobId) {
        Uni<Void> written = redis.execute(Command.SET, key(attempt.key()),
                write(new Entry(attempt.request(), answer)), "PX", millis(LIFE)).replaceWithVoid();
        return answer.jobId().equals(jobId)
                ? written.onFailure().recoverWithUni(() -> release(attempt, false))
                : written;
    }

    /** Where Redis does not hear of it, the key can be taken again in seconds. */
    private Uni<Void> release(Attempt attempt, boolean isForgotten) {
        return redis.execute(Command.EVAL, RELEASE, "1", key(attempt.key()), attempt.holder(), isForgotten ? "1" : "0")
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private static String key(String key) {
        return "content:idempotency:" + key;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private String write(Entry entry) {
        try {
            return json.writeValueAsString(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JobAccepted read(String key, String value) {
        try {
            JobAccepted answer = json.readValue(value, Entry.class).answer();
            if (answer.jobId() != null && answer.status() != null) {
                return answer;
            }
        } catch (IOException e) {
            LOG.debugf(e, "the answer to an idempotency key cannot be read");
        }
        throw unreadable(key);
    }

    /** The client chose the key, which need not stand in the log. */
    private LostAnswerException unreadable(String key) {
        if (warnings.permits("unreadable")) {
            LOG.warnf("the entry of an idempotency key of %d characters cannot be read: requests with the key are"
                    + " answered 409 until it expires (no more of this for a minute)", key.length());
        }
        return new LostAnswerException();
    }
}
