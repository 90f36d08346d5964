package com.kt.event.content.redis;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/**
 * Time limits for Redis. They are needed although its client has timeouts of its own: a connection may be dead without
 * anybody noticing, and one that Redis refuses because it has too many is never reported (vertx-redis-client 4.5,
 * RedisConnectionManager.hello).
 */
@ApplicationScoped
public class RedisTimeout {
    /** All that a request asks of Redis, together. The caller gets 503 within two seconds and can try again. */
    static final Duration REQUEST = Duration.ofMillis(1_200);
    /** One command of the worker. A job can wait, and a command that is given up may have been executed. */
    static final Duration WORKER = Duration.ofSeconds(5);
    /** One command of the shared circuit breaker, which stands before each call of the image API. */
    static final Duration BREAKER = Duration.ofSeconds(2);

    private final LoadAwareTimeout timeout;
    private final ScheduledExecutorService timer;

    RedisTimeout(LoadAwareTimeout timeout, @Identifier("time-limits") ScheduledExecutorService timer) {
        this.timeout = timeout;
        this.timer = timer;
    }

    /**
     * The work of a request, or {@link RedisUnavailableException} after {@link #REQUEST}, and for Redis's own trouble.
     * Then the work is cancelled: no further step begins. The step under way may still be executed, because Redis may have
     * its command already, so a request that was answered 503 may have started a job; each step allows for that
     * ({@code JobAcceptance}). Only time that Redis took counts ({@link LoadAwareTimeout}).
     */
    public <T> Uni<T> request(Uni<T> work) {
        return timeout.limit(work, REQUEST)
                .onFailure(RedisFailures::isRedisTrouble).transform(RedisUnavailableException::new);
    }

    /** A command of the worker, or a failure after {@link #WORKER}. */
    public <T> Uni<T> worker(Uni<T> command) {
        return limit(command, WORKER);
    }

    /** As {@link #worker(Uni)}, for a command that blocks: Redis answers after {@code blocking} at the latest. */
    public <T> Uni<T> worker(Uni<T> command, Duration blocking) {
        return limit(command, WORKER.plus(blocking));
    }

    /** A command of the circuit breaker, or {@link TimeoutException} after {@link #BREAKER}. */
    public <T> Uni<T> breaker(Uni<T> command) {
        return command.ifNoItem().after(BREAKER).on(timer).fail();
    }

    private <T> Uni<T> limit(Uni<T> command, Duration limit) {
        return command.ifNoItem().after(limit).on(timer)
                .failWith(() -> new IllegalStateException("Redis did not answer within " + limit));
    }
}
