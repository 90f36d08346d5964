package com.kt.event.content.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.worker.ClaimPolicy.Limit;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** The loop alone: the test acts as the queue, and replies to each read. */
abstract class ClaimLoopSuite {
    final InFlightJobs inFlight = new InFlightJobs(4);
    final Queue<Read> reads = new ArrayDeque<>();
    final List<InFlightJob> started = new ArrayList<>();
    final List<Integer> lent = new ArrayList<>();
    Limit limit = Limit.BATCH;
    int opened;
    int next;
    long now;
    final TakeOverGuard guard = new TakeOverGuard(Duration.ofSeconds(30), Duration.ofSeconds(10), () -> now);
    final ClaimLoop loop = loop(Duration.ofSeconds(10));

    record Read(int max, Duration longestWait, UniEmitter<? super List<QueueEntry>> emitter) {
    }

    ClaimLoop loop(Duration heartbeat) {
        return new ClaimLoop(inFlight, guard, new ClaimLoop.Steps(() -> Uni.createFrom().item(limit), this::openGroup,
                this::take, this::dispatch, this::takeOver), heartbeat, () -> now);
    }

    Uni<Void> openGroup() {
        return Uni.createFrom().voidItem().invoke(() -> opened++);
    }

    Uni<List<QueueEntry>> take(int max, Duration wait) {
        return Uni.createFrom().emitter(emitter -> reads.add(new Read(max, wait, emitter)));
    }

    Uni<Void> dispatch(Reservation permits, List<QueueEntry> entries) {
        started.addAll(permits.use(entries));
        return Uni.createFrom().voidItem();
    }

    Uni<Void> takeOver(Reservation permits) {
        lent.add(permits.left());
        return Uni.createFrom().voidItem();
    }

    void run() {
        loop.run().subscribe().with(done -> {
        });
    }

    void answer(int entries) {
        reads.remove().emitter().complete(entries(entries));
    }

    List<QueueEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> new QueueEntry(next++ + "-0", "job", Instant.EPOCH)).toList();
    }

    void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
