package com.kt.event.content.job;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisHash;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ResponseType;

/**
 * Owns the records of jobs, {@code job:{jobId}}. It leases a job to one worker at a time, and only the holder of the lease
 * may change it. Lease times are Redis's own time, so that the clocks of workers need not agree.
 */
@ApplicationScoped
public class JobStore {
    private static final RedisScript INSERT = RedisScript.load("job/insert");
    private static final RedisScript REMOVE_UNACCEPTED = RedisScript.load("job/remove-unaccepted");
    private static final RedisScript CLAIM = RedisScript.load("job/claim");
    private static final RedisScript RENEW = RedisScript.load("job/renew");
    private static final RedisScript RELEASE = RedisScript.load("job/release");
    private static final RedisScript UPDATE = RedisScript.load("job/update");

    /** As the owner of a lease: the write needs no lease. */
    private static final String NO_LEASE = "";

    /** Far more than the number of writers that compete for one job. */
    private static final int MAX_ATTEMPTS = 10;

    /**
     * The time to live of a record that is not queued yet. Longer than an acceptance takes, since its caller gets a 503
     * after two seconds.
     */
    public static final Duration UNACCEPTED_TTL = Duration.ofSeconds(10);

    private final ReactiveRedisDataSource redis;
    private final ReactiveHashCommands<String, String, String> hashes;
    private final RedisScripts scripts;
    private final JobCodec codec;
    private final JobConfig config;

    /** How far the acceptance of a job has come. */
    enum Acceptance {
        /** There is no record, or no longer. */
        GONE,
        /** The record expires within seconds unless the job is accepted. */
        UNDER_WAY,
        ACCEPTED
    }

    JobStore(ReactiveRedisDataSource redis, RedisScripts scripts, JobCodec codec, JobConfig config) {
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.scripts = scripts;
        this.codec = codec;
        this.config = config;
    }

    public static String key(String jobId) {
        return "job:" + jobId;
    }

    /** Empty if there is no record. Fails with {@link UnreadableValueException} if the record cannot be read. */
    Uni<Optional<Job>> find(String jobId) {
        return hashes.hgetall(key(jobId))
                .onFailure(RedisFailures::isFinal)
                .transform(failure -> new UnreadableValueException("the job's record is no hash"))
                .map(fields -> fields.isEmpty() ? Optional.<Job>empty() : Optional.of(read(jobId, fields)));
    }

    /** As {@link #find}, but empty if the record cannot be read. */
    Uni<Optional<Job>> findReadable(String jobId) {
        return find(jobId).onFailure(UnreadableValueException.class).recoverWithItem(Optional.empty());
    }

    private Job read(String jobId, Map<String, String> fields) {
        try {
            return codec.read(jobId, fields);
        } catch (UnreadableValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableValueException(
                    "the job's record cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whether the job has been cancelled; false if there is no record. */
    public Uni<Boolean> isCancelled(String jobId) {
        return hashes.hget(key(jobId), "status").map(JobStatus.CANCELLED.name()::equals);
    }

    /** Writes a record that expires within seconds unless it is accepted. False if the job has a record already. */
    Uni<Boolean> insertUnaccepted(Job job) {
        return insert(job, UNACCEPTED_TTL);
    }

    /** Writes the record of a job that needs no queue entry. False if the job has a record already. */
    Uni<Boolean> insertAccepted(Job job) {
        return insert(job, config.job().ttl());
    }

    private Uni<Boolean> insert(Job job, Duration timeToLive) {
        return scripts.run(INSERT, key(job.id()), args(codec.whole(job), millis(timeToLive))).map(JobStore::isInserted);
    }

    /** Adds the command of {@link #insertUnaccepted}. */
    void addInsertUnaccepted(Job job, RedisBatch batch) {
        batch.add(INSERT, key(job.id()), args(codec.whole(job), millis(UNACCEPTED_TTL)));
    }

    /** The result of {@link #insertUnaccepted}, from the reply to its command. */
    static boolean isInserted(Response reply) {
        return reply.toInteger() == 1;
    }

    /** Gives the record its full time to live. False if there is none any more. */
    Uni<Boolean> accept(String jobId) {
        return redis.key().pexpire(key(jobId), config.job().ttl());
    }

    Uni<Acceptance> acceptance(String jobId) {
        return redis.execute(Command.PTTL, key(jobId)).map(Response::toLong).map(timeToLive -> timeToLive < 0
                ? Acceptance.GONE
                : timeToLive > UNACCEPTED_TTL.toMillis() ? Acceptance.ACCEPTED : Acceptance.UNDER_WAY);
    }

    /** Runs the parts of an acceptance that leave nothing in Redis for a job that has no record. */
    Uni<Void> warmUp(Job job) {
        codec.whole(job);
        return accept(job.id()).replaceWithVoid();
    }

    /** Never fails: the record expires within seconds anyway. */
    Uni<Void> removeUnaccepted(String jobId) {
        return scripts.run(REMOVE_UNACCEPTED, key(jobId), millis(UNACCEPTED_TTL))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** Tries to lease the job to {@code owner}, a name that must be unique. */
    public Uni<Claim> claim(String jobId, String owner, Duration lease) {
        return scripts.run(CLAIM, key(jobId), owner, millis(lease)).map(answer -> {
            if (isList(answer)) {
                Map<String, String> fields = RedisHash.fields(answer);
                return Claim.won(codec.read(jobId, fields), JobCodec.stalled(fields));
            }
            return answer.toInteger() == 0 ? Claim.GONE : Claim.HELD;
        });
    }

    /** Restarts the lease. False if {@code owner} no longer holds it. */
    public Uni<Boolean> renew(String jobId, String owner, Duration lease) {
        return scripts.run(RENEW, key(jobId), owner, millis(lease)).map(answer -> answer.toInteger() == 1);
    }

    /** Ends the lease, so that another worker can claim the job at once. False if {@code owner} no longer held it. */
    public Uni<Boolean> release(String jobId, String owner) {
        return scripts.run(RELEASE, key(jobId), owner).map(answer -> answer.toInteger() > 0);
    }

    /**
     * Applies a move to the job and writes it, if {@code owner} still holds the lease. A move that returns the same job is
     * not written, and a job that has ended meanwhile is returned as it is. Fails with {@link LeaseLostException}.
     *
     * @param known the job as last seen; if it has changed since, the move is applied to its current state
     */
    public Uni<Job> update(Job known, String owner, UnaryOperator<Job> move) {
        return write(known, Long.toString(known.version()), owner, move, 1);
    }

    /** As {@link #update}, without a lease. Fails with {@link LeaseLostException} if the record is gone. */
    public Uni<Job> updateWithoutLease(Job known, UnaryOperator<Job> move) {
        return update(known, NO_LEASE, move);
    }

    /** @param version of {@code known} as it is written in Redis, where others may have formatted the number differently */
    private Uni<Job> write(Job known, String version, String owner, UnaryOperator<Job> move, int attempt) {
        Job next = move.apply(known);
        if (next == known) {
            return Uni.createFrom().item(known);
        }
        return scripts.run(UPDATE, key(known.id()), args(codec.changes(known, next), owner, version,
                millis(config.job().ttl()), next.ended() ? "1" : "0")).chain(answer -> {
                    if (isList(answer)) {
                        return answer.size() == 0
                                ? lost(known.id())
                                : again(known.id(), RedisHash.fields(answer), owner, move, attempt);
                    }
                    return answer.toInteger() == 1 ? Uni.createFrom().item(next) : endedOrLost(known.id());
                });
    }

    private Uni<Job> again(String jobId, Map<String, String> fields, String owner, UnaryOperator<Job> move,
            int attempt) {
        if (attempt == MAX_ATTEMPTS) {
            return Uni.createFrom().failure(() -> new IllegalStateException("job " + LogText.jobId(jobId)
                    + " was changed by others each of the " + MAX_ATTEMPTS + " times that a change was to be written"));
        }
        return write(codec.read(jobId, fields), JobCodec.versionAsWritten(fields), owner, move, attempt + 1);
    }

    /** The end of a job ends its lease too, which is no loss. */
    private Uni<Job> endedOrLost(String jobId) {
        return find(jobId).chain(found -> found.filter(Job::ended).map(ended -> Uni.createFrom().item(ended))
                .orElseGet(() -> lost(jobId)));
    }

    private static Uni<Job> lost(String jobId) {
        return Uni.createFrom().failure(() -> new LeaseLostException(jobId));
    }

    private static String[] args(List<String> fields, String... first) {
        return Stream.concat(Stream.of(first), fields.stream()).toArray(String[]::new);
    }

    private static boolean isList(Response answer) {
        return answer.type() == ResponseType.MULTI;
    }
}
