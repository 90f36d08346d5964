package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;
import com.kt.event.content.job.QueueEntry;
import com.kt.event.content.worker.ClaimPolicy.Limit;
import com.kt.event.content.worker.InFlightJobs.Reservation;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** The loop alone: the test is the queue, and answers each read when it likes. */
class ClaimLoopTest {
    private final InFlightJobs inFlight = new InFlightJobs(4);
    private final Queue<Read> reads = new ArrayDeque<>();
    private final List<InFlightJob> started = new ArrayList<>();
    private final List<Integer> lent = new ArrayList<>();
    private Limit limit = Limit.BATCH;
    private int opened;
    private int next;
    private long now;

    private final TakeOverGuard guard = new TakeOverGuard(Duration.ofSeconds(30), Duration.ofSeconds(10), () -> now);
    private final ClaimLoop loop = loop(Duration.ofSeconds(10));

    private record Read(int max, Duration longestWait, UniEmitter<? super List<QueueEntry>> emitter) {
    }

    @Test
    void startsWhatItClaimsAndReadsOn() {
        run();
        answer(2);

        assertThat(started).hasSize(2);
        assertThat(reads).hasSize(1);
        assertThat(loop.end()).isNotDone();
    }

    @Test
    void leavesOnePermitToTheSweepForAsLongAsItCan() {
        run();
        assertThat(reads.element().max()).isEqualTo(3);

        answer(3);
        assertThat(reads.element().max()).isEqualTo(1);
    }

    @Test
    void endsWhenThereIsNoMoreRoom() {
        run();
        answer(3);
        answer(1);

        assertThat(reads).isEmpty();
        assertThat(loop.end()).isDone();
    }

    @Test
    void doesNotBeginWithoutRoom() {
        inFlight.reserve(4).use(entries(4));

        run();

        assertThat(reads).isEmpty();
        assertThat(loop.end()).isDone();
    }

    @Test
    void runsOnceAtATime() {
        run();
        run();

        assertThat(reads).hasSize(1);
    }

    @Test
    void canRunAgainOnceItHasEnded() {
        run();
        answer(3);
        answer(1);

        inFlight.end(started.get(0));
        run();

        assertThat(reads).hasSize(1);
    }

    @Test
    void waitsLessLongWithTheLastPermit() {
        run();
        assertThat(reads.element().longestWait()).isEqualTo(Duration.ofSeconds(5));

        answer(3);
        assertThat(reads.element().longestWait()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsNoLongerThanAHeartbeat() {
        loop(Duration.ofMillis(300)).run().subscribe().with(done -> {
        });

        assertThat(reads.element().longestWait()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void readsOnAfterAWaitInVain() {
        run();
        answer(0);

        assertThat(reads).hasSize(1);
        assertThat(opened).as("the group is opened once").isEqualTo(1);
    }

    @Test
    void claimsNothingWhereThePolicyForbidsIt() {
        limit = Limit.NONE;

        run();

        assertThat(reads).isEmpty();
        assertThat(loop.end()).isDone();
    }

    @Test
    void claimsOneJobToProbeAndEnds() {
        limit = Limit.PROBE;

        run();
        assertThat(reads.element().max()).isEqualTo(1);
        answer(1);

        assertThat(reads).isEmpty();
        assertThat(loop.end()).isDone();
    }

    @Test
    void lendsTheSweepThePermitsThatNoNewEntryNeeded() {
        run();
        answer(1);

        assertThat(lent).containsExactly(2);
        assertThat(inFlight.free()).as("all but one job and the read under way").isEqualTo(1);
    }

    @Test
    void waitsForThePermitsThatASweepHolds() {
        Reservation sweep = inFlight.reserve(4);

        run();
        assertThat(reads).isEmpty();
        assertThat(loop.end()).isNotDone();

        sweep.close();
        await().until(() -> !reads.isEmpty());
    }

    @Test
    void retriesALostQueueAndOpensTheGroupAgain() {
        try (LogRecords log = LogRecords.of(ClaimLoop.class)) {
            run();
            assertThat(loop.hasOpenedGroup()).isTrue();
            reads.remove().emitter().fail(new IllegalStateException("connection closed"));
            assertThat(loop.hasOpenedGroup()).isFalse();
            assertThat(inFlight.free()).as("permits are returned").isEqualTo(4);

            await().until(() -> !reads.isEmpty());
            answer(1);

            assertThat(opened).isEqualTo(2);
            assertThat(started).hasSize(1);
            assertThat(log.lines("%p %s")).containsExactly(
                    "ERROR cannot read the queue, retrying until it is back: connection closed",
                    "INFO queue is readable again, claiming jobs");
        }
    }

    /** No lease can be renewed while the queue is lost, so none that lapses then means a dead worker. */
    @Test
    void tellsTheGuardOfALostQueue() {
        run();
        pass(10);
        answer(0);
        pass(10);
        answer(0);
        assertThat(guard.mayTakeOver()).isTrue();

        reads.remove().emitter().fail(new IllegalStateException("connection closed"));

        assertThat(guard.mayTakeOver()).isFalse();
    }

    @Test
    void endsQuietlyWhenItsReadFailsDuringShutdown() {
        try (LogRecords log = LogRecords.of(ClaimLoop.class)) {
            run();
            inFlight.shutDown();

            reads.remove().emitter().fail(new IllegalStateException("connection closed"));

            assertThat(loop.end()).isDone();
            assertThat(log.all()).isEmpty();
        }
    }

    @Test
    void passesOnWhatArrivesDuringShutdownAndEnds() {
        run();
        inFlight.shutDown();

        answer(1);

        assertThat(started).as("permits that are reserved stay valid").hasSize(1);
        assertThat(reads).isEmpty();
        assertThat(loop.end()).isDone();
    }

    @Test
    void isStuckWhenAReadNeitherEndsNorFails() {
        run();
        pass(60);
        assertThat(loop.isStuck()).isFalse();
        pass(1);
        assertThat(loop.isStuck()).isTrue();

        answer(0);
        assertThat(loop.isStuck()).isFalse();
    }

    @Test
    void isNeverStuckWithoutRoom() {
        inFlight.reserve(4).use(entries(4));
        pass(61);

        assertThat(loop.isStuck()).isFalse();
    }

    private ClaimLoop loop(Duration heartbeat) {
        return new ClaimLoop(inFlight, guard, new ClaimLoop.Steps(() -> Uni.createFrom().item(limit), this::openGroup,
                this::take, this::dispatch, this::takeOver), heartbeat, () -> now);
    }

    private Uni<Void> openGroup() {
        return Uni.createFrom().voidItem().invoke(() -> opened++);
    }

    private Uni<List<QueueEntry>> take(int max, Duration wait) {
        return Uni.createFrom().emitter(emitter -> reads.add(new Read(max, wait, emitter)));
    }

    private Uni<Void> dispatch(Reservation permits, List<QueueEntry> entries) {
        started.addAll(permits.use(entries));
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> takeOver(Reservation permits) {
        lent.add(permits.left());
        return Uni.createFrom().voidItem();
    }

    private void run() {
        loop.run().subscribe().with(done -> {
        });
    }

    private void answer(int entries) {
        reads.remove().emitter().complete(entries(entries));
    }

    private List<QueueEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> new QueueEntry(next++ + "-0", "job", Instant.EPOCH)).toList();
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
