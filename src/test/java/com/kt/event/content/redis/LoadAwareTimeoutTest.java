package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.WaitingTest;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/** Only the time that Redis takes counts. */
@WaitingTest
class LoadAwareTimeoutTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final NioEventLoopGroup loops = new NioEventLoopGroup(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LoadAwareTimeout waits = new LoadAwareTimeout(loops, timer);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        timer.shutdownNow();
    }

    @Test
    void endsAWaitForAnAnswerThatDoesNotCome() {
        AtomicBoolean isCancelled = new AtomicBoolean();
        long start = System.nanoTime();

        assertThat(failureOf(waits.limit(Uni.createFrom().nothing().onCancellation()
                .invoke(() -> isCancelled.set(true)), LIMIT))).succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(TimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LIMIT.minus(LoadAwareTimeout.TICK));
        // The work is cancelled after its failure has been passed on.
        await().untilTrue(isCancelled);
    }

    @Test
    void passesAnswersAndFailuresOn() {
        assertThat(waits.limit(Uni.createFrom().item("answer"), LIMIT).await().indefinitely()).isEqualTo("answer");
        assertThat(failureOf(waits.limit(Uni.createFrom().failure(new IllegalStateException()), LIMIT)))
                .succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(IllegalStateException.class);
    }

    /** As while classes are loaded: the reply has arrived unread, or the command has not been sent. */
    @Test
    void doesNotCountWhileAnEventLoopIsBlocked() throws InterruptedException {
        for (EventExecutor loop : loops) {
            CountDownLatch blocked = new CountDownLatch(1);
            loop.execute(() -> awaitUninterruptibly(blocked));
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletableFuture<Object> failure = failureOf(
                    waits.limit(Uni.createFrom().completionStage(answer), LIMIT));
            await().during(LIMIT.multipliedBy(3)).atMost(Duration.ofSeconds(20)).until(() -> !failure.isDone());

            loop.execute(() -> answer.complete("answer"));
            blocked.countDown();

            assertThat(failure).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("answer");
        }
    }

    @Test
    void countsAgainOnceTheEventLoopIsFree() {
        CountDownLatch blocked = new CountDownLatch(1);
        loops.next().execute(() -> awaitUninterruptibly(blocked));
        CompletableFuture<Object> failure = failureOf(waits.limit(Uni.createFrom().nothing(), LIMIT));
        blocked.countDown();

        assertThat(failure).succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void doesNotCountWhatIsDoneBeforeTheFirstWait() {
        Uni<String> slowToBegin = Uni.createFrom().deferred(() -> {
            awaitTime(LIMIT.multipliedBy(2));
            return Uni.createFrom().item("answer").onItem().delayIt().by(Duration.ofMillis(20));
        });

        assertThat(waits.limit(slowToBegin, LIMIT).await().atMost(Duration.ofSeconds(20))).isEqualTo("answer");
    }

    @Test
    void limitsManyWaitsAtATime() {
        List<CompletableFuture<Object>> failures = Stream
                .generate(() -> failureOf(waits.limit(Uni.createFrom().nothing(), LIMIT))).limit(1_000).toList();

        assertThat(failures).allSatisfy(failure -> assertThat(failure).succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(TimeoutException.class));
    }

    @Test
    void isIdleWhenNobodyWaits() {
        waits.limit(Uni.createFrom().item("answer"), LIMIT).await().indefinitely();
        waits.limit(Uni.createFrom().item("answer").onItem().delayIt().by(Duration.ofMillis(20)), LIMIT).await()
                .indefinitely();
        waits.limit(Uni.createFrom().nothing(), LIMIT).subscribe().with(item -> {
        }).cancel();

        await().atMost(Duration.ofSeconds(20)).until(waits::isIdle);
        assertThat(failureOf(waits.limit(Uni.createFrom().nothing(), LIMIT))).succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(TimeoutException.class);
    }

    /** The item, where there is no failure. */
    private static CompletableFuture<Object> failureOf(Uni<?> uni) {
        return uni.map(Object.class::cast).onFailure().recoverWithItem(failure -> failure)
                .subscribeAsCompletionStage();
    }

    private static void awaitTime(Duration duration) {
        await().pollDelay(duration).atMost(Duration.ofSeconds(20)).until(() -> true);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
