package com.kt.event.content.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.provider.ImageApi;
import com.kt.event.content.provider.ImageApis;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

import io.smallrye.mutiny.Uni;

/** Waits of a minute after a server error, which can end after five seconds. */
class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final ImageFailure SERVER_ERROR = new ImageFailure(Reason.ERROR, Billing.UNLIKELY, "500");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ProviderRecovery recovery = new ProviderRecovery(timer);
    private final RetrySchedule retries = new RetrySchedule(recovery, Clock.fixed(NOW, ZoneOffset.UTC));
    private final ImageApi api = ImageApis.named("main");

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void startsAtOnceIfThereWasNoServerError() {
        assertThat(resume(null)).isDone();
    }

    @Test
    void startsAtOnceIfTheLastServerErrorIsLongAgo() {
        assertThat(resume(NOW.minusSeconds(61))).isDone();
    }

    @Test
    void waitsAfterAServerErrorThatAnotherWorkerRecorded() {
        CompletableFuture<Void> wait = resume(NOW.minusSeconds(10));
        recovery.callSucceeded("main");

        assertThat(wait).as("five seconds are not over").isNotDone();
    }

    @Test
    void waitsNoLongerThanTheRestOfTheWait() {
        CompletableFuture<Void> wait = resume(NOW.minusSeconds(60).plusMillis(20));

        await().until(wait::isDone);
    }

    @Test
    void waitsBeforeTheCallAfterAServerError() {
        assertThat(waits(false)).isNotDone();
    }

    @Test
    void failsAfterASecondServerError() {
        CompletableFuture<Object> wait = waits(true);

        assertThatThrownBy(wait::join).hasCause(SERVER_ERROR);
    }

    private CompletableFuture<Void> resume(Instant lastServerError) {
        return retries.resume(api, ledger(lastServerError)).subscribeAsCompletionStage();
    }

    private CompletableFuture<Object> waits(boolean hadServerError) {
        return retries
                .retry(Uni.createFrom().failure(SERVER_ERROR), new CallPlan(List.of(api), false, List.of(), null),
                        ledger(hadServerError ? NOW : null))
                .subscribeAsCompletionStage();
    }

    private static CallLedger ledger(Instant lastServerError) {
        return new NoLedger() {
            @Override
            public boolean hadServerError() {
                return lastServerError != null;
            }

            @Override
            public Instant lastServerError() {
                return lastServerError;
            }
        };
    }
}
