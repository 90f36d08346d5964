package com.kt.event.content.job;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisPipeline;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Multi;
import io.vertx.redis.client.RedisClientType;

/** Creates the beans of this package for tests of other packages, as CDI does in the service. */
public final class JobManagers {
    private JobManagers() {
    }

    public static JobManager create(ReactiveRedisDataSource redis, ObjectMapper json, JobConfig config,
            ScheduledExecutorService timer, RedisClientType type) {
        LiveJobs liveJobs = new LiveJobs(redis, new RedisScripts(redis), new JsonCodec(json), config);
        Clock clock = Clock.systemUTC();
        JobStore store = store(redis, json, config);
        RedisPipeline pipeline = new RedisPipeline(redis, new RedisScripts(redis), type);
        JobAcceptance acceptance = new JobAcceptance(store, queue(redis, config), liveJobs, pipeline, clock, timer);
        return new JobManager(acceptance, store, liveJobs, clock);
    }

    public static JobStore store(ReactiveRedisDataSource redis, ObjectMapper json, JobConfig config) {
        return new JobStore(redis, new RedisScripts(redis), new JobCodec(new JsonCodec(json)), config);
    }

    /** Notifications of changes that the test sends. */
    public static JobEvents events(Multi<String> hints) {
        return new JobEvents(null, null) {
            @Override
            public Multi<String> of(String jobId) {
                return hints;
            }
        };
    }

    public static JobQueue queue(ReactiveRedisDataSource redis, JobConfig config) {
        RedisScripts scripts = new RedisScripts(redis);
        return new JobQueue(redis, redis, scripts, new RedisPipeline(redis, scripts, RedisClientType.STANDALONE),
                config);
    }
}
