package com.kt.event.content.job;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.log.LogText;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ResponseType;

/**
 * Owns the records of jobs, {@code job:{jobId}}: has them accepted, leases them to one worker at a time, and lets only the
 * holder of the lease change them. Every command touches one key; time is Redis's own wherever two machines must agree.
 */
@ApplicationScoped
public class JobManager {
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

    private static final String ANYBODY = "";

    /** Far more than those who change the same job at the same time. */
    private static final int MOST_TRIES = 10;

    /** How long a record lives that is not queued. Longer than an acceptance: whoever waits for one gives up in two seconds. */
    public static final Duration UNTIL_IT_IS_QUEUED = Duration.ofSeconds(10);

    private final ReactiveRedisDataSource redis;
    private final ReactiveHashCommands<String, String, String> hashes;
    private final JobAcceptance acceptance;
    private final JobReader jobs;
    private final LiveJobs liveJobs;
    private final JobCodec hash;
    private final JobConfig config;
    private final Clock clock;

    JobManager(ReactiveRedisDataSource redis, JobAcceptance acceptance, JobReader jobs, LiveJobs liveJobs,
            JobCodec hash,
            JobConfig config, Clock clock) {
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.acceptance = acceptance;
        this.jobs = jobs;
        this.liveJobs = liveJobs;
        this.hash = hash;
        this.config = config;
        this.clock = clock;
    }

    /** As {@link #createJob(JobRequest, JobId)}, where nobody will ask for the same job again. */
    public Uni<Job> createJob(JobRequest request) {
        return createJob(request, JobId.create());
    }

    /**
     * The live job that makes what is wanted already, or else a new one with this id, which has ended at once where all
     * images exist. Fails with {@link QueueFullException}, and with {@link NotAcceptedException}.
     */
    public Uni<Job> createJob(JobRequest request, JobId id) {
        return acceptance.createJob(request, id);
    }

    /**
     * The job of this id if an earlier attempt to create it came to its end, or a worker has begun it. Fails as
     * {@link #find} does.
     */
    public Uni<Optional<Job>> findAccepted(String jobId) {
        return acceptance.findAccepted(jobId);
    }

    /**
     * The job of this id if an earlier attempt to create it came as far as its record: accepted then, or now. Empty where
     * no record is left. Fails as {@link #createJob} and {@link #find} do.
     */
    public Uni<Optional<Job>> resume(String jobId) {
        return acceptance.resume(jobId);
    }

    /** Goes the way of {@link #createJob} for the first time, so that its first caller need not, and leaves nothing. */
    public Uni<Void> warmUp(JobRequest request) {
        return acceptance.warmUp(request);
    }

    /**
     * Ends the job without another call; images that exist stay. Empty where there is no such job. Fails with
     * {@link IllegalMoveException} where it has ended.
     */
    public Uni<Optional<Job>> cancel(String jobId) {
        return find(jobId).chain(found -> found.isEmpty()
                ? Uni.createFrom().item(found)
                : write(found.get(), ANYBODY, job -> job.cancel(clock.instant())).map(Optional::of)
                        .onFailure(LeaseLostException.class).recoverWithItem(Optional.empty()));
    }

    /** Lets no live job stand for what is asked for from now on; they go on all the same. */
    public Uni<Void> forgetLiveJobs(String eventDraftId) {
        return liveJobs.forget(eventDraftId);
    }

    /** Whether its owner wants no more of it. */
    public Uni<Boolean> isCancelled(String jobId) {
        return hashes.hget(key(jobId), "status").map(JobStatus.CANCELLED.name()::equals);
    }

    /** Fails with {@link UnreadableValueException} where a record is there that cannot be read. */
    public Uni<Optional<Job>> find(String jobId) {
        return jobs.find(jobId);
    }

    /** Tries to lease the job to {@code owner}, a name that nobody else ever uses. */
    public Uni<Claim> claim(String jobId, String owner, Duration lease) {
        return eval(CLAIM, jobId, List.of(owner, millis(lease))).map(answer -> {
            if (isList(answer)) {
                Map<String, String> fields = fields(answer);
                return Claim.won(hash.read(jobId, fields), stalled(fields.get("stalled")));
            }
            return answer.toInteger() == 0 ? Claim.GONE : Claim.HELD;
        });
    }

    /** Whether the lease was still {@code owner}'s, and runs anew. */
    public Uni<Boolean> renew(String jobId, String owner, Duration lease) {
        return eval(RENEW, jobId, List.of(owner, millis(lease))).map(answer -> answer.toInteger() == 1);
    }

    /** Gives the lease up, so that another worker need not wait until it lapses. Answers whether there was one. */
    public Uni<Boolean> release(String jobId, String owner) {
        return eval(RELEASE, jobId, List.of(owner)).map(answer -> answer.toInteger() > 0);
    }

    /**
     * Makes a move on the job as it stands and writes it, if {@code owner} still holds the lease. A move that changes
     * nothing writes nothing, and where the job has ended meanwhile none is made. Fails with {@link LeaseLostException}.
     *
     * @param known the job as last seen: if it has changed since, the move is made again on what it has become
     */
    public Uni<Job> update(Job known, String owner, UnaryOperator<Job> move) {
        return write(known, owner, move);
    }

    /**
     * As {@link #update}, for a worker that may have lost the lease, and has something that is welcome all the same: a
     * image that was paid for and is still missing. Fails with {@link LeaseLostException} where the job is gone.
     */
    public Uni<Job> handIn(Job known, UnaryOperator<Job> move) {
        return write(known, ANYBODY, move);
    }

    private Uni<Job> write(Job known, String owner, UnaryOperator<Job> move) {
        return write(known, Long.toString(known.version()), owner, move, 1);
    }

    /** @param version of {@code known}, as it is written in Redis: others may write a number in another way */
    private Uni<Job> write(Job known, String version, String owner, UnaryOperator<Job> move, int tries) {
        Job next = move.apply(known);
        if (next == known) {
            return Uni.createFrom().item(known);
        }
        List<String> args = new ArrayList<>(List.of(owner, version, millis(config.job().ttl()),
                next.ended() ? "1" : "0"));
        args.addAll(hash.changeable(next));
        return eval(UPDATE, known.id(), args).chain(answer -> {
            if (isList(answer)) {
                return answer.size() == 0 ? lost(known.id()) : again(known.id(), fields(answer), owner, move, tries);
            }
            return answer.toInteger() == 1 ? Uni.createFrom().item(next) : endedOrLost(known.id());
        });
    }

    private Uni<Job> again(String jobId, Map<String, String> fields, String owner, UnaryOperator<Job> move, int tries) {
        if (tries == MOST_TRIES) {
            return Uni.createFrom().failure(() -> new IllegalStateException("job " + LogText.jobId(jobId)
                    + " was changed by others each of the " + MOST_TRIES + " times that a change was to be written"));
        }
        return write(hash.read(jobId, fields), version(fields), owner, move, tries + 1);
    }

    /** As it is written. What is not ASCII may have been read otherwise than it stands there, and would never be met. */
    private static String version(Map<String, String> fields) {
        String version = fields.getOrDefault(JobCodec.VERSION, "");
        return version.chars().allMatch(character -> character >= ' ' && character <= '~') ? version : "";
    }

    /** The end of a job ends its lease too: that is no loss. */
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

    public static String key(String jobId) {
        return "job:" + jobId;
    }

    /** What cannot be read counts nothing: to go on once more costs less than to give up. */
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
