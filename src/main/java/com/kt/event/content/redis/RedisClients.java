package com.kt.event.content.redis;

import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;

/**
 * Creates all Redis clients before the scheduler starts. Quarkus creates each on first use, in a map that is not thread-safe
 * (3.34.1, RedisClientRecorder): on a busy machine the first tick of a schedule and other start-up work sometimes used it at
 * the same time, and the start failed with a ConcurrentModificationException.
 */
@ApplicationScoped
class RedisClients {
    /** The scheduler starts at PLATFORM_BEFORE. */
    private static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 2;

    void createAll(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent event, ReactiveRedisDataSource redis,
            @RedisClientName("queue") ReactiveRedisDataSource queue,
            @RedisClientName("events") ReactiveRedisDataSource events) {
        Stream.of(redis, queue, events).forEach(ReactiveRedisDataSource::getRedis);
    }
}
