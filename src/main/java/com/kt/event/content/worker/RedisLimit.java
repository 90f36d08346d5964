package com.kt.event.content.worker;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;

/**
 * How long a worker waits for an answer of Redis, which may never come: a connection may be dead without anybody
 * knowing; and one that Redis refuses, because it has too many, is never reported at all (vertx-redis-client 4.5,
 * RedisConnectionManager.hello).
 */
@ApplicationScoped
class RedisLimit {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer;

    RedisLimit(@Identifier("time-limits") ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** The same, or a failure where Redis does not answer in time. */
    <T> Uni<T> limit(Uni<T> command) {
        return limit(command, Duration.ZERO);
    }

    /** As {@link #limit(Uni)}, for a command that blocks: Redis waits for {@code blocking} before it answers. */
    <T> Uni<T> limit(Uni<T> command, Duration blocking) {
        Duration limit = LIMIT.plus(blocking);
        return command.ifNoItem().after(limit).on(timer)
                .failWith(() -> new IllegalStateException("Redis did not answer within " + limit));
    }
}
