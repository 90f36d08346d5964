package com.kt.event.content.redis;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * How long a caller is kept waiting for Redis: a clear answer within two seconds beats a right one at some time. Then the
 * work is cancelled: no further step is begun. The step that is under way may still be done, because Redis may have its
 * command already; so a request that was answered 503 may have started a job, and each step allows for that
 * ({@code JobAcceptance} says how). Only time that Redis took counts ({@link RedisWait}).
 */
@ApplicationScoped
public class Patience {
    private static final Duration LIMIT = Duration.ofMillis(1_200);

    private final RedisWait waits;

    Patience(RedisWait waits) {
        this.waits = waits;
    }

    /** The same, or a {@link RedisUnavailableException} where Redis does not answer, or only with its own troubles. */
    public <T> Uni<T> limit(Uni<T> work) {
        return waits.limit(work, LIMIT)
                .onFailure(Patience::isRedisTrouble).transform(RedisUnavailableException::new);
    }

    /**
     * The client has no exception of its own: these are what comes out of it. Files, and what is read from Redis, fail
     * with kinds of the same exceptions, of which Redis is innocent.
     */
    public static boolean isRedisTrouble(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof IOException && !(failure instanceof FileSystemException)
                        && !(failure instanceof JsonProcessingException)
                || failure instanceof VertxException && !(failure instanceof io.vertx.core.file.FileSystemException)
                || failure instanceof NoStackTraceThrowable || failure instanceof ErrorType;
    }
}
