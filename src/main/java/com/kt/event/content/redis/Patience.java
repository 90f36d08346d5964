package com.kt.event.content.redis;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/**
 * How long a caller is kept waiting for Redis: a clear answer within two seconds beats a right one at some time. Then the
 * work is cancelled: no further step is begun. The step that is under way may still be done, because Redis may have its
 * command already; so a request that was answered 503 may have started a job, and each step allows for that
 * ({@code JobAcceptance} says how). Only time that Redis took counts ({@link LoadAwareTimeout}).
 */
@ApplicationScoped
public class Patience {
    private static final Duration LIMIT = Duration.ofMillis(1_200);

    private final LoadAwareTimeout waits;

    Patience(LoadAwareTimeout waits) {
        this.waits = waits;
    }

    /** The same, or a {@link RedisUnavailableException} where Redis does not answer, or only with its own troubles. */
    public <T> Uni<T> limit(Uni<T> work) {
        return waits.limit(work, LIMIT)
                .onFailure(RedisFailures::isRedisTrouble).transform(RedisUnavailableException::new);
    }
}
