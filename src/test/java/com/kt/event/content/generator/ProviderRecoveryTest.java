package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderRecoveryTest {
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ProviderRecovery recovery = new ProviderRecovery(timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void waitsNoLongerThanTheLongestWait() {
        CompletableFuture<Void> wait = wait(Duration.ofMillis(1), Duration.ofMillis(20));

        await().until(wait::isDone);
    }

    @Test
    void endsWhenAnotherCallHasSucceeded() {
        CompletableFuture<Void> wait = wait(Duration.ZERO, NEVER);
        assertThat(wait).isNotDone();

        recovery.callSucceeded("main");

        await().until(wait::isDone);
    }

    @Test
    void doesNotEndAtOnceThoughAnotherCallHasSucceeded() {
        CompletableFuture<Void> longWait = wait(NEVER, NEVER);
        CompletableFuture<Void> shortWait = wait(Duration.ofMillis(20), NEVER);

        recovery.callSucceeded("main");

        await().until(shortWait::isDone);
        assertThat(longWait).isNotDone();
    }

    @Test
    void countsOnlyLaterSuccesses() {
        recovery.callSucceeded("main");

        assertThat(wait(Duration.ZERO, NEVER)).isNotDone();
    }

    private CompletableFuture<Void> wait(Duration shortest, Duration longest) {
        return recovery.await("main", shortest, longest).subscribeAsCompletionStage();
    }
}
