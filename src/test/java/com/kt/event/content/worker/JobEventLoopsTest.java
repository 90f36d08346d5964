package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.job.QueueEntry;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

class JobEventLoopsTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final JobEventLoops loops = new JobEventLoops(vertx, 2);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void spreadsTheJobsEvenly() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(threadOf(job(i)));
        }

        assertThat(threads.get(0)).isNotEqualTo(threads.get(1));
        assertThat(threads.subList(2, 4)).containsExactlyInAnyOrderElementsOf(threads.subList(0, 2));
    }

    @Test
    void countsNoJobThatHasEnded() {
        InFlightJob first = job(0);
        Thread loop = threadOf(first);
        Thread other = threadOf(job(1));

        first.done().complete(null);

        assertThat(threadOf(job(2))).isEqualTo(loop).isNotEqualTo(other);
    }

    @Test
    void staysOnTheLoopThatTookTheEntry() {
        CompletableFuture<Thread> taker = new CompletableFuture<>();
        CompletableFuture<Thread> runner = new CompletableFuture<>();
        threadOf(job(0));
        loops.executorFor(job(1)).execute(() -> {
            taker.complete(Thread.currentThread());
            loops.executorFor(job(2)).execute(() -> runner.complete(Thread.currentThread()));
        });

        assertThat(runner.join()).isEqualTo(taker.join());
    }

    private Thread threadOf(InFlightJob job) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loops.executorFor(job).execute(() -> thread.complete(Thread.currentThread()));
        return thread.join();
    }

    private static InFlightJob job(int number) {
        return new InFlightJob(new QueueEntry(number + "-0", "job", Instant.EPOCH));
    }
}
