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
 * Creates all Redis clients before the scheduler starts. Quarkus creates each with its first use, in a map that is not
 * safe for threads (3.34.1, RedisClientRecorder): on a busy machine the first tick of a schedule and what else happens at
 * the start now and then met in it, and the start failed with a ConcurrentModificationException.
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
