package com.kt.event.content.gallery;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import com.kt.event.content.redis.RedisTimeout;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.smallrye.mutiny.Uni;

/**
 * Owns {@code content:gone:{file}}, which remembers for a day that an image has expired or was deleted. Its client is then
 * told that the link was right.
 */
@ApplicationScoped
class GoneImages {
    static final Duration LIFE = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(GoneImages.class);
    /** The key says everything. */
    private static final String VALUE = "1";

    private final ReactiveValueCommands<String, String> values;
    private final RedisTimeout timeout;

    @Inject
    GoneImages(ReactiveRedisDataSource redis, RedisTimeout timeout) {
        this(redis.value(String.class), timeout);
    }

    GoneImages(ReactiveValueCommands<String, String> values, RedisTimeout timeout) {
        this.values = values;
        this.timeout = timeout;
    }

    /** Does nothing if that is remembered already, for however long, or if {@code left} is not positive. */
    Uni<Void> add(String fileName, Duration left) {
        return left.toMillis() <= 0
                ? Uni.createFrom().voidItem()
                : values.set(key(fileName), VALUE, new SetArgs().nx().px(left.toMillis()));
    }

    /** False if Redis does not answer: that the image cannot be found is true in any case. */
    Uni<Boolean> contain(String fileName) {
        return timeout.request(values.get(key(fileName)))
                .map(VALUE::equals)
                .onFailure().invoke(failure -> LOG.debugf("cannot look up whether %s is gone: %s", fileName, failure))
                .onFailure().recoverWithItem(false);
    }

    private static String key(String fileName) {
        return "content:gone:" + fileName;
    }
}
