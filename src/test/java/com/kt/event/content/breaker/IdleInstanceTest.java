package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** An instance that had no call while another one opened the breaker and closed it. The first pause is 200 ms. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class IdleInstanceTest {
    @Inject
    SharedBreakers breakers;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    @Test
    void startsSlowlyAsTheOthersDo() {
        SharedBreaker breaker = breakers.of("default");
        breakers.store("default").open(CallFailure.of("elsewhere")).await().indefinitely();
        await().until(() -> breaker.state().await().indefinitely().status() == Status.HALF_OPEN);
        redis.key().del("content:breaker");

        List<CompletableFuture<CallPermit>> calls = Stream
                .generate(() -> breaker.acquire().subscribeAsCompletionStage()).limit(100).toList();

        await().until(() -> calls.stream().anyMatch(CompletableFuture::isDone));
        assertThat(calls).filteredOn(CompletableFuture::isDone).hasSize(1);
        calls.forEach(call -> call.thenAccept(permit -> permit.success().subscribe().with(done -> {
        })));
        await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
    }
}
