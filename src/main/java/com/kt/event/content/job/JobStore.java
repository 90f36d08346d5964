package com.kt.event.content.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.RedisFailures;
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
    private static final String REMOVE_UNACCEPTED = """
            local record = redis.call('HMGET', KEYS[1], 'version', 'owner')
            if record[1] ~= '1' or record[2] then return 0 end
            if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[1]) then return 0 end
            return redis.call('DEL', KEYS[1])
            """;

    /**
     * Leases the job to ARGV[1] for ARGV[2] ms, unless another's lease still runs, and counts a lease that lapsed while a
     * call was out: a job that merely waited did its worker no harm. One that has ended is shown and not leased. A lease
     * whose end cannot be read has lapsed. KEYS[1] the job. Answers 0 where there is no such job, 1 where another holds it,
     * else the whole hash.
     */
    private static final String CLAIM = """
            local held = redis.call('HMGET', KEYS[1], 'status', 'owner', 'leaseUntil', 'callsOut', 'stalled')
            if not held[1] and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            if held[1] ~= 'COMPLETED' and held[1] ~= 'FAILED' and held[1] ~= 'CANCELLED' then
                local time = redis.call('TIME')
                local now = time[1] * 1000 + math.floor(time[2] / 1000)
                if held[2] and held[2] ~= ARGV[1] then
                    if (tonumber(held[3]) or 0) > now then return 1 end
                    if (tonumber(held[4]) or 0) > 0 then
                        redis.call('HSET', KEYS[1], 'stalled', string.format('%.0f', (tonumber(held[5]) or 0) + 1))
                    end
                end
                redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'leaseUntil', string.format('%.0f', now + ARGV[2]))
            end
            return redis.call('HGETALL', KEYS[1])
            """;

    /**
     * Lets the lease of ARGV[1] run for another ARGV[2] ms from now. KEYS[1] the job. Answers 0 where the job is not
     * (or no longer) leased to it. A Redis that is out of memory refuses to write the new end of the lease, but not that the
     * queue entry is touched, so that nobody takes the job over: the lease counts as renewed.
     */
    private static final String RENEW = """
            if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local written = redis.pcall('HSET', KEYS[1], 'leaseUntil', string.format('%.0f', now + ARGV[2]))
            if type(written) == 'table' and written.err and not string.find(written.err, 'OOM', 1, true) then
                return written
            end
            return 1
            """;

    /** Ends the lease of ARGV[1]. KEYS[1] the job. Answers 0 where the job is not (or no longer) leased to it. */
    private static final String RELEASE = """
            if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
            return redis.call('HDEL', KEYS[1], 'owner', 'leaseUntil')
            """;

    /**
     * Writes a change that was made to version ARGV[2] of the job (empty where it has none that is ASCII) by the holder of its lease, ARGV[1], or by anybody
     * where that is empty; ARGV[3] is the time to live (ms), ARGV[4] is 1 where this ends the job and its lease, then
     * come field, value, and so on. KEYS[1] the job. Answers 1 when written, 0 where the lease is not ARGV[1]'s, and the
     * whole hash where it has another version. Whoever waits for the job is told; that this fails must not matter.
     */
    private static final String UPDATE = """
            local held = redis.call('HMGET', KEYS[1], 'owner', 'version')
            if ARGV[1] ~= '' and held[1] ~= ARGV[1] then return 0 end
            local version = held[2] or redis.call('EXISTS', KEYS[1]) == 1 and ''
            if version and string.find(version, '[^ -~]') then version = '' end
            if version ~= ARGV[2] then return redis.call('HGETALL', KEYS[1]) end
            redis.call('HSET', KEYS[1], unpack(ARGV, 5))
            if ARGV[4] == '1' then redis.call('HDEL', KEYS[1], 'owner', 'leaseUntil') end
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.pcall('PUBLISH', 'content:events', string.sub(KEYS[1], 5))
            return 1
            """;

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

    JobStore(ReactiveRedisDataSource redis, JobCodec codec, JobConfig config) {
        this.redis = redis;
        this.hashes = redis.hash(String.class);
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
        List<String> args = new ArrayList<>(List.of(millis(timeToLive)));
        args.addAll(codec.whole(job));
        return eval(INSERT, job.id(), args).map(answer -> answer.toInteger() == 1);
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
        return eval(REMOVE_UNACCEPTED, jobId, List.of(millis(UNACCEPTED_TTL)))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** Tries to lease the job to {@code owner}, a name that must be unique. */
    public Uni<Claim> claim(String jobId, String owner, Duration lease) {
        return eval(CLAIM, jobId, List.of(owner, millis(lease))).map(answer -> {
            if (isList(answer)) {
                Map<String, String> fields = fields(answer);
                return Claim.won(codec.read(jobId, fields), stalled(fields.get("stalled")));
            }
            return answer.toInteger() == 0 ? Claim.GONE : Claim.HELD;
        });
    }

    /** Restarts the lease. False if {@code owner} no longer holds it. */
    public Uni<Boolean> renew(String jobId, String owner, Duration lease) {
        return eval(RENEW, jobId, List.of(owner, millis(lease))).map(answer -> answer.toInteger() == 1);
    }

    /** Ends the lease, so that another worker can claim the job at once. False if {@code owner} no longer held it. */
    public Uni<Boolean> release(String jobId, String owner) {
        return eval(RELEASE, jobId, List.of(owner)).map(answer -> answer.toInteger() > 0);
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
        List<String> args = new ArrayList<>(List.of(owner, version, millis(config.job().ttl()),
                next.ended() ? "1" : "0"));
        args.addAll(codec.changeable(next));
        return eval(UPDATE, known.id(), args).chain(answer -> {
            if (isList(answer)) {
                return answer.size() == 0 ? lost(known.id()) : again(known.id(), fields(answer), owner, move, attempt);
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
        return write(codec.read(jobId, fields), version(fields), owner, move, attempt + 1);
    }

    /** A version that is not ASCII counts as none: decoding may have changed it, so it would never match. */
    private static String version(Map<String, String> fields) {
        String version = fields.getOrDefault(JobCodec.VERSION, "");
        return version.chars().allMatch(character -> character >= ' ' && character <= '~') ? version : "";
    }

    /** The end of a job ends its lease too, which is no loss. */
    private Uni<Job> endedOrLost(String jobId) {
        return find(jobId).chain(found -> found.filter(Job::ended).map(ended -> Uni.createFrom().item(ended))
                .orElseGet(() -> lost(jobId)));
    }

    private static Uni<Job> lost(String jobId) {
        return Uni.createFrom().failure(() -> new LeaseLostException(jobId));
    }

    private Uni<Response> eval(String script, String jobId, List<String> args) {
        List<String> all = new ArrayList<>(List.of(script, "1", key(jobId)));
        all.addAll(args);
        return redis.execute(Command.EVAL, all.toArray(String[]::new));
    }

    /** An unreadable count is taken as zero: one more run costs less than giving the job up. */
    private static int stalled(String value) {
        try {
            return value == null ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isList(Response answer) {
        return answer.type() == ResponseType.MULTI;
    }

    private static Map<String, String> fields(Response answer) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            fields.put(answer.get(i).toString(), answer.get(i + 1).toString());
        }
        return fields;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
