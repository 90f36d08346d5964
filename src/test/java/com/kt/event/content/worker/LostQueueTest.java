package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;

/** The loop when the queue is lost, during shutdown, and when a read never ends. */
class LostQueueTest extends ClaimLoopSuite {
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
}
