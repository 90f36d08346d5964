package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPauseTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final LocalPause pause = new LocalPause(nanoTime::get);

    @Test
    void isOverUntilItIsSet() {
        assertThat(pause.remaining()).isZero();
    }

    @Test
    void takesTheLengthFromRedis() {
        pause.set(Duration.ofSeconds(10));
        pause.set(Duration.ofSeconds(3));

        assertThat(pause.remaining()).hasSeconds(3);
        pass(3);
        assertThat(pause.remaining()).isZero();
    }

    @Test
    void neverEndsBeforeTheProvidersRetryAfter() {
        pause.atLeast(Duration.ofSeconds(60));
        pause.atLeast(Duration.ofSeconds(5));
        pause.set(Duration.ZERO);

        assertThat(pause.remaining()).hasSeconds(60);
        pass(59);
        assertThat(pause.remaining()).hasSeconds(1);
        pass(1);
        assertThat(pause.remaining()).isZero();
    }

    /** System.nanoTime starts anywhere, and overflows. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 10, Long.MIN_VALUE, -1})
    void countsFromAnyTime(long start) {
        nanoTime.set(start);
        LocalPause other = new LocalPause(nanoTime::get);
        assertThat(other.remaining()).isZero();

        other.atLeast(Duration.ofSeconds(2));
        pass(1);

        assertThat(other.remaining()).hasSeconds(1);
    }

    private void pass(long seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
