package com.kt.event.content.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.smallrye.mutiny.Uni;

/**
 * Repeats a step until Redis has done it, with exponential backoff. A failure that is final ({@link RedisFailures}) is
 * not repeated. The step may be done more than once: the answer of an attempt can get lost.
 *
 * @param firstPause before the second attempt
 * @param longestPause the limit to which the pauses grow
 * @param limit for how long attempts are made; then the last failure is the result
 */
public record RedisRetry(Duration firstPause, Duration longestPause, Duration limit) {
    /** The step, repeated while it fails by what may pass. */
    public <T> Uni<T> retry(Uni<T> step) {
        return retry(step, RedisFailures::isFinal, failure -> {
        });
    }

    /**
     * As {@link #retry(Uni)}.
     *
     * @param isFinal which failures are not repeated
     * @param onFailure told of each failure that is repeated
     */
    public <T> Uni<T> retry(Uni<T> step, Predicate<Throwable> isFinal, Consumer<Throwable> onFailure) {
        Predicate<Throwable> passes = failure -> !isFinal.test(failure);
        return step.onFailure(passes).recoverWithUni(first -> failingOnce(first, step)
                .onFailure(passes).invoke(onFailure)
                .onFailure(passes).retry().withBackOff(firstPause, longestPause).expireIn(limit.toMillis()));
    }

    /** Mutiny's retry converts a step to a Multi, which would cost every command more than what its answer costs. */
    private static <T> Uni<T> failingOnce(Throwable first, Uni<T> step) {
        AtomicBoolean hasFailed = new AtomicBoolean();
        return Uni.createFrom().deferred(() -> hasFailed.compareAndSet(false, true)
                ? Uni.createFrom().failure(first)
                : step);
    }
}
