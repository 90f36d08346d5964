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
    void isNoneUntilItBegins() {
        assertThat(pause.left()).isZero();
    }

    @Test
    void takesTheWordOfRedisForHowLongItLasts() {
        pause.set(Duration.ofSeconds(10));
        pause.set(Duration.ofSeconds(3));

        assertThat(pause.left()).hasSeconds(3);
        pass(3);
        assertThat(pause.left()).isZero();
    }

    @Test
    void isNeverOverBeforeTheTimeThatTheProviderNamed() {
        pause.named(Duration.ofSeconds(60));
        pause.named(Duration.ofSeconds(5));
        pause.set(Duration.ZERO);

        assertThat(pause.left()).hasSeconds(60);
        pass(59);
        assertThat(pause.left()).hasSeconds(1);
        pass(1);
        assertThat(pause.left()).isZero();
    }

    /** System.nanoTime may begin anywhere, and passes from the greatest number to the least. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 10, Long.MIN_VALUE, -1})
    void countsFromAnyTime(long start) {
        nanoTime.set(start);
        LocalPause other = new LocalPause(nanoTime::get);
        assertThat(other.left()).isZero();

        other.named(Duration.ofSeconds(2));
        pass(1);

        assertThat(other.left()).hasSeconds(1);
    }

    private void pass(long seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
