package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.kt.event.content.worker.ClaimPolicy.Limit;
import com.kt.event.content.worker.InFlightJobs.Reservation;

/** What the loop reads, starts and leaves to the sweep. */
class ClaimLoopTest extends ClaimLoopSuite {
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
}
