package com.kt.event.content.redis;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;

/** Puts {@link PipelinedRedis} below the default data source, in place of Quarkus's pool. */
@Singleton
class DataSourceProducer {
    @Produces
    @ApplicationScoped
    @Alternative
    @Priority(1)
    ReactiveRedisDataSource pipelined(Vertx vertx, PipelinedRedis pipelined) {
        Redis redis = Redis.newInstance(pipelined);
        return new ReactiveRedisDataSourceImpl(vertx, redis, RedisAPI.api(redis));
    }
}
