package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a lease of 30 s and a heartbeat of 10 s, all in seconds. */
class TakeOverGuardTest {
    private long now;

    /** As on a host that has just started, or has been up for years, or whose counter is about to turn over. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE - 1, 1_000_000_000_000_000_000L})
    void givesTheOthersTwoHeartbeatsAfterAStartWhateverTheHostsClockSays(long nanoTimeAtStart) {
        now = nanoTimeAtStart;
        TakeOverGuard guard = guard();

        assertThat(guard.mayTakeOver()).isFalse();
        answers(guard, 10);
        assertThat(guard.mayTakeOver()).isFalse();
        answers(guard, 10);
        assertThat(guard.mayTakeOver()).isTrue();
    }

    @Test
    void givesTheOthersTwoHeartbeatsAfterAnOutageCountedFromTheFirstAnswer() {
        TakeOverGuard guard = sound();

        pass(5);
        guard.failed();
        assertThat(guard.mayTakeOver()).isFalse();
        answers(guard, 60);
        assertThat(guard.mayTakeOver()).as("the first answer").isFalse();
        answers(guard, 19);
        assertThat(guard.mayTakeOver()).isFalse();
        answers(guard, 1);
        assertThat(guard.mayTakeOver()).isTrue();
    }

    /** A Redis that hung and then answered every pending command reported no failure. */
    @Test
    void takesAGapInWhichALeaseMayLapseForAnOutage() {
        TakeOverGuard guard = sound();

        answers(guard, 21);

        assertThat(guard.mayTakeOver()).isFalse();
        answers(guard, 20);
        assertThat(guard.mayTakeOver()).isTrue();
    }

    @Test
    void mindsNoShorterGap() {
        TakeOverGuard guard = sound();

        answers(guard, 20);

        assertThat(guard.mayTakeOver()).isTrue();
    }

    @Test
    void doesNotRelyOnWhatItHeardLongAgo() {
        TakeOverGuard guard = sound();

        pass(21);

        assertThat(guard.mayTakeOver()).isFalse();
    }

    private TakeOverGuard sound() {
        TakeOverGuard guard = guard();
        answers(guard, 10);
        answers(guard, 10);
        assertThat(guard.mayTakeOver()).isTrue();
        return guard;
    }

    private void answers(TakeOverGuard guard, int afterSeconds) {
        pass(afterSeconds);
        guard.answered();
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private TakeOverGuard guard() {
        return new TakeOverGuard(Duration.ofSeconds(30), Duration.ofSeconds(10), () -> now);
    }
}
