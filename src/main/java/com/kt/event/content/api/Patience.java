package com.kt.event.content.api;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * How long a caller is kept waiting for Redis: a clear answer within two seconds beats a right one at some time. What
 * is not sent to Redis by then is not sent any more, so a request that was answered 503 does not start a job later.
 */
@ApplicationScoped
class Patience {
    private static final Duration LIMIT = Duration.ofMillis(1_200);

    private final ScheduledExecutorService timer;

    Patience(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** The same, or a {@link DependencyDownException} where Redis does not answer, or only with its own troubles. */
    <T> Uni<T> limit(Uni<T> work) {
        return work
                .ifNoItem().after(LIMIT).on(timer).fail()
                .onFailure(Patience::isRedisTrouble).transform(DependencyDownException::new);
    }

    /** The client has no exception of its own: these are what comes out of it, and of nothing else here. */
    private static boolean isRedisTrouble(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof IOException
                || failure instanceof VertxException || failure instanceof NoStackTraceThrowable
                || failure instanceof ErrorType;
    }
}
