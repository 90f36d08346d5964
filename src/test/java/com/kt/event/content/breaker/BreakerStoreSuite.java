package com.kt.event.content.breaker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.breaker.BreakerStore.Opening;

import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.mutiny.Uni;

/** The base of the tests of the store. The first pause is 200 ms, and the longest 1 s. */
abstract class BreakerStoreSuite {
    static final Duration NO_RETRY_AFTER = Duration.ZERO;
    static final Duration LEASE = Duration.ofMinutes(2);

    BreakerStore store;

    @Inject
    SharedBreakers breakers;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void findTheStore() {
        store = breakers.store("default");
    }

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    Opening operator(OperatorFault fault) {
        return get(store.open(new CallFailure("401", NO_RETRY_AFTER, fault)));
    }

    Opening open(Duration retryAfter) {
        return get(store.open(new CallFailure("because", retryAfter, null)));
    }

    void halfOpen() {
        open(NO_RETRY_AFTER);
        await().until(() -> get(store.read()).status() == Status.HALF_OPEN);
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
