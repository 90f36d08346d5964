package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PersistentFailureTest {
    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final PersistentFailure trouble = new PersistentFailure(Duration.ofMinutes(1), nanoTime::get);

    @Test
    void isSaidOnceWhenItHasLastedForLong() {
        assertThat(trouble.isToBeSaid()).isFalse();
        pass(59);
        assertThat(trouble.isToBeSaid()).isFalse();
        pass(1);
        assertThat(trouble.isToBeSaid()).isTrue();
        pass(600);
        assertThat(trouble.isToBeSaid()).isFalse();
    }

    @Test
    void beginsAnewWhenItWasOver() {
        trouble.isToBeSaid();
        pass(59);
        trouble.isOver();
        pass(59);
        assertThat(trouble.isToBeSaid()).isFalse();
        pass(60);
        assertThat(trouble.isToBeSaid()).isTrue();
    }

    private void pass(long seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
