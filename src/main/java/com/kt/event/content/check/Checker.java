package com.kt.event.content.check;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.check.JobRecord.UnreadableRecordException;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.redis.RedisServers;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.hash.HashCommands;
import io.vertx.redis.client.Command;

/**
 * Checks everything that the service keeps in Redis, and changes nothing. It reads in small steps, one command at a time,
 * so that it delays nobody. Redis may change during a pass; therefore a second pass follows a moment after one with
 * findings, and only findings of both passes are reported.
 */
@ApplicationScoped
public class Checker {
    /** The most items that one command asks for. */
    static final int STEP = 100;

    /** Longer than any change that takes two steps, such as a job and its queue entry. */
    private static final Duration CONFIRMATION_DELAY = Duration.ofSeconds(2);

    private static final long NEVER = -1;
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    /** Every key of the service that is not a job. */
    private static final String OTHER_KEYS = "content:*";

    private final RedisServers servers;
    private final QueueReader queueReader;
    private final RedisDataSource redis;
    private final HashCommands<String, String, String> hashes;
    private final ObjectMapper json;
    private final QueueRules queueRules;
    private final JobRules jobRules;
    private final BreakerRules breakerRules;

    Checker(RedisServers servers, QueueReader queueReader, RedisDataSource redis, ObjectMapper json, JobConfig config,
            @ConfigProperty(name = "content.image-api.longest-pause", defaultValue = "1m") Duration longestPause,
            @ConfigProperty(name = "content.providers.default.longest-pause") Optional<Duration> ofDefault) {
        this.breakerRules = new BreakerRules(ofDefault.orElse(longestPause), json);
        this.servers = servers;
        this.queueReader = queueReader;
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.json = json;
        this.queueRules = new QueueRules(config.queue().maxLength(), this::isJob);
        this.jobRules = new JobRules(config.job().deadline());
    }

    /** Blocks until everything is checked. Throws if Redis cannot be read. */
    public Report check() {
        return check(Checker::delay);
    }

    /** @param betweenPasses runs between the two passes */
    Report check(Runnable betweenPasses) {
        Report first = new ScanPass().run(queueReader.read());
        if (first.isSound()) {
            return first;
        }
        betweenPasses.run();
        return new ScanPass().run(queueReader.read()).confirming(first);
    }

    private static void delay() {
        try {
            Thread.sleep(CONFIRMATION_DELAY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isJob(String jobId) {
        return redis.key().exists(JobStore.key(jobId));
    }

    /** One pass through all keys. The queue comes first, so that the entry of a job that ends meanwhile is not missed. */
    private class ScanPass {
        private final List<Finding> findings = new ArrayList<>();
        private Set<String> queued;
        private long jobs;
        private long keys;

        Report run(QueueSnapshot queue) {
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
                findings.add(new Finding(Invariant.EVERY_RECORD_IS_READABLE, key, "is not a readable job: "
                        + e.getMessage() + "; DEL " + key + ", and request the job again"));
            }
        }

        private void others(List<String> step, Instant now) {
            step.stream().filter(key -> !key.equals(JobQueue.KEY)).forEach(key -> other(key, now));
            keys += step.size();
        }

        private void other(String key, Instant now) {
            Duration timeToLive = expiry(key);
            if (BreakerRules.isOfBreaker(key) && !timeToLive.isNegative() && !timeToLive.equals(FOR_EVER)) {
                breakerRules.broken(key, text(key), timeToLive, now).ifPresent(findings::add);
            }
        }

        private Duration expiry(String key) {
            long millis = redis.execute(Command.PTTL, key).toLong();
            if (millis == NEVER) {
                findings.add(new Finding(Invariant.EVERY_KEY_EXPIRES, key,
                        "has no time to live and would never be deleted; DEL it, or set one with EXPIRE"));
            }
            return millis == NEVER ? FOR_EVER : Duration.ofMillis(millis);
        }
    }

    /** Null if the key is not a string. */
    private String text(String key) {
        return "string".equals(redis.execute(Command.TYPE, key).toString()) ? redis.value(String.class).get(key) : null;
    }

    /** Empty if the key has expired meanwhile. */
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
