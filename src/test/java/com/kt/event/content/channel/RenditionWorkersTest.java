package com.kt.event.content.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.rendition.UndecodableImageException;

import io.vertx.core.Vertx;

class RenditionWorkersTest {
    private final Vertx vertx = Vertx.vertx();
    private final RenditionWorkers workers = new RenditionWorkers(vertx, 1, 2, 100_000);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        workers.close();
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "8, 4"})
    void areFewerThanTheProcessors(int processors, int threads) {
        assertThat(RenditionWorkers.threads(processors)).isEqualTo(threads);
    }

    /** The second one waits for the first, the third one needs more than there is. */
    @Test
    void takeNoMoreMemoryThanThereIs() {
        RenditionWorkers four = new RenditionWorkers(vertx, 4, 10, 100_000);
        AtomicLong taken = new AtomicLong();
        AtomicLong most = new AtomicLong();
        try {
            List<CompletableFuture<Integer>> all = Stream.of(30_000, 30_000, 70_000, 1_000, 200_000, 50_000, 40_000)
                    .map(bytes -> four.run(() -> four.withMemory(bytes, () -> {
                        most.accumulateAndGet(taken.addAndGet(Math.min(bytes, 100_000)), Math::max);
                        Thread.yield();
                        return (int) taken.addAndGet(-Math.min(bytes, 100_000));
                    })).subscribeAsCompletionStage()).toList();

            all.forEach(each -> assertThat(each).succeedsWithin(PatientAwaitility.LIMIT));
            assertThat(most.get()).isBetween(70_000L, 100_000L);
        } finally {
            four.close();
        }
    }

    /** It would end in an OutOfMemoryError. */
    @Test
    void refuseWhatTakesMoreThanTheHeap() throws Exception {
        assertThatThrownBy(() -> workers.withMemory(200_001, () -> "made"))
                .isInstanceOf(UndecodableImageException.class)
                .hasMessage("takes 200001 bytes of memory, which is too much");
        assertThat(workers.withMemory(200_000, () -> "made")).isEqualTo("made");
    }

    @Test
    void returnTheMemoryAfterAFailure() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> workers.withMemory(90_000, () -> {
                throw new IllegalStateException("broken");
            })).hasMessage("broken");
        }
        assertThat(workers.withMemory(90_000, () -> "done")).isEqualTo("done");
    }

    @Test
    void refuseWhatCannotWaitAndTakeItLater() throws Exception {
        List<CompletableFuture<String>> admitted = IntStream.range(0, 3).mapToObj(i -> start("done")).toList();

        assertThatThrownBy(() -> workers.run(() -> "refused").await().indefinitely())
                .isInstanceOf(TooManyRenditionsException.class);

        gate.countDown();
        for (CompletableFuture<String> each : admitted) {
            assertThat(each).succeedsWithin(PatientAwaitility.LIMIT).isEqualTo("done");
        }
        assertThat(workers.run(() -> "later").await().atMost(PatientAwaitility.LIMIT)).isEqualTo("later");
    }

    @Test
    void takeMoreAfterAFailure() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> workers.run(() -> {
                throw new IllegalStateException("broken");
            }).await().atMost(PatientAwaitility.LIMIT)).hasMessage("broken");
        }
    }

    private CompletableFuture<String> start(String result) {
        return workers.run(() -> {
            gate.await();
            return result;
        }).subscribeAsCompletionStage();
    }
}
