package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;
import com.kt.event.content.job.QueueEntry;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class JobDispatcherTest {
    private static final String FIRST = "00000000-0000-4000-8000-000000000001";
    private static final String SECOND = "00000000-0000-4000-8000-000000000002";
    private static final List<QueueEntry> ENTRIES = List.of(new QueueEntry("1-0", FIRST, Instant.EPOCH),
            new QueueEntry("2-0", SECOND, Instant.EPOCH));

    private final InFlightJobs inFlight = new InFlightJobs(2);
    private final List<UniEmitter<? super Void>> runs = new ArrayList<>();
    private final Queue<Runnable> onEventLoop = new ArrayDeque<>();
    private final List<QueueEntry> handedBack = new ArrayList<>();
    private final JobDispatcher dispatcher = new JobDispatcher(inFlight,
            job -> onEventLoop::add,
            job -> Uni.createFrom().emitter(runs::add),
            entry -> Uni.createFrom().voidItem().invoke(() -> handedBack.add(entry)),
            Duration.ofSeconds(30));

    @Test
    void runsJobsInParallelAndFreesEachPermitAtItsEnd() {
        dispatch();
        assertThat(runs).hasSize(2);

        runs.get(1).complete(null);

        assertThat(inFlight.all()).extracting(InFlightJob::jobId).containsExactly(FIRST);
    }

    @Test
    void freesThePermitOfAJobThatFailed() {
        List<String> log = logOf(() -> runs.get(0).fail(new IllegalStateException("Redis is away")));

        assertThat(inFlight.size()).isEqualTo(1);
        assertThat(log).containsExactly(
                "ERROR job " + FIRST + ": failed locally, will be reclaimed after 30 s: Redis is away");
    }

    @Test
    void handsBackWhatArrivesDuringShutdown() {
        inFlight.shutDown();

        dispatch();

        assertThat(runs).isEmpty();
        assertThat(handedBack).isEqualTo(ENTRIES);
    }

    @Test
    void doesntStartAJobThatWasHandedBackBefore() {
        dispatcher.dispatch(inFlight.reserve(2), ENTRIES).await().indefinitely();
        inFlight.all().forEach(InFlightJob::cancel);

        onEventLoop.forEach(Runnable::run);

        assertThat(runs).isEmpty();
    }

    private List<String> logOf(Runnable end) {
        try (LogRecords log = LogRecords.of(JobDispatcher.class)) {
            dispatch();
            end.run();
            return log.lines("%p %s");
        }
    }

    private void dispatch() {
        dispatcher.dispatch(inFlight.reserve(2), ENTRIES).await().indefinitely();
        onEventLoop.forEach(Runnable::run);
    }
}
