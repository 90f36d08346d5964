package com.kt.event.content.check;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.check.JobRecord.UnreadableRecordException;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.hash.HashCommands;
import io.vertx.redis.client.Command;

/**
 * Looks at everything that the service keeps in Redis, and changes nothing. It reads in small steps, one command at a
 * time, so that nobody waits for it; the price is that Redis changes while it looks. What seems broken is therefore
 * looked at again a moment later, and only what is broken in the same way then is reported.
 */
@ApplicationScoped
public class Checker {
    /** How much a command asks for at most. */
    static final int STEP = 100;

    /** Longer than anything takes that is written in two steps, such as a job and its queue entry. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final long NEVER = -1;
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    /** Every key of the service that is not a job's, whoever owns it. */
    private static final String OTHER_KEYS = "content:*";

    private final RedisServers servers;
    private final QueueReader queueReader;
    private final RedisDataSource redis;
    private final HashCommands<String, String, String> hashes;
    private final ObjectMapper json;
    private final QueueRules queueRules;
    private final JobRules jobRules;
    private final PauseRules pauseRules;

    Checker(RedisServers servers, QueueReader queueReader, RedisDataSource redis, ObjectMapper json, JobConfig config,
            @ConfigProperty(name = "content.image-api.longest-pause", defaultValue = "1m") Duration longestPause) {
        this.pauseRules = new PauseRules(longestPause, json);
        this.servers = servers;
        this.queueReader = queueReader;
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.json = json;
        this.queueRules = new QueueRules(config.queue().maxLength(), this::isJob);
        this.jobRules = new JobRules(config.job().deadline());
    }

    /** Blocks until all was looked at. Fails where Redis cannot be read. */
    public Report check() {
        return check(Checker::waitAMoment);
    }

    /** @param moment what passes between the two looks */
    Report check(Runnable moment) {
        Report first = new Look().at(queueReader.read());
        if (first.isSound()) {
            return first;
        }
        moment.run();
        return new Look().at(queueReader.read()).confirming(first);
    }

    private static void waitAMoment() {
        try {
            Thread.sleep(MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isJob(String jobId) {
        return redis.key().exists(JobStore.key(jobId));
    }

    /** Once through everything: the queue first, so that a job which ends meanwhile is not missed in it. */
    private class Look {
        private final List<Finding> findings = new ArrayList<>();
        private Set<String> queued;
        private long jobs;
        private long keys;

        Report at(QueueSnapshot queue) {
            queued = queue.jobs();
            findings.addAll(queueRules.broken(queue));
            servers.forEach(server -> {
                server.scan(JobStore.key("*"), step -> jobs(step, server.now()));
                server.scan(OTHER_KEYS, step -> others(step, server.now()));
            });
            return new Report(jobs, queue.entries().size(), keys, findings.stream().distinct().toList());
        }

        private void jobs(List<String> step, Instant now) {
            step.forEach(key -> job(key, now));
            jobs += step.size();
            keys += step.size();
        }

        private void job(String key, Instant now) {
            Duration timeToLive = expiry(key);
            String jobId = key.substring(JobStore.key("").length());
            try {
                Map<String, String> fields = fields(key);
                if (!fields.isEmpty()) {
                    JobRecord job = JobRecord.read(jobId, fields, json);
                    boolean isAccepted = timeToLive.compareTo(JobStore.UNACCEPTED_TTL) > 0;
                    findings.addAll(jobRules.broken(job, queued.contains(jobId) || !isAccepted, now));
                }
            } catch (UnreadableRecordException e) {
                findings.add(new Finding(Invariant.EVERY_RECORD_IS_READABLE, key, "is no job that can be read: "
                        + e.getMessage() + "; DEL " + key + ", and the job must be asked for again"));
            }
        }

        private void others(List<String> step, Instant now) {
            step.stream().filter(key -> !key.equals(JobQueue.KEY)).forEach(key -> other(key, now));
            keys += step.size();
        }

        private void other(String key, Instant now) {
            Duration timeToLive = expiry(key);
            if (key.equals(PauseRules.KEY) && !timeToLive.isNegative() && !timeToLive.equals(FOR_EVER)) {
                pauseRules.broken(text(key), timeToLive, now).ifPresent(findings::add);
            }
        }

        private Duration expiry(String key) {
            long millis = redis.execute(Command.PTTL, key).toLong();
            if (millis == NEVER) {
                findings.add(new Finding(Invariant.EVERY_KEY_EXPIRES, key,
                        "has no time to live and would stay for ever; DEL it, or give it one with EXPIRE"));
            }
            return millis == NEVER ? FOR_EVER : Duration.ofMillis(millis);
        }
    }

    /** Null where it is none. */
    private String text(String key) {
        return "string".equals(redis.execute(Command.TYPE, key).toString()) ? redis.value(String.class).get(key) : null;
    }

    /** None where it has expired meanwhile. */
    private Map<String, String> fields(String key) throws UnreadableRecordException {
        try {
            return hashes.hgetall(key);
        } catch (RuntimeException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                throw new UnreadableRecordException("it is not a hash");
            }
            throw e;
        }
    }
}
