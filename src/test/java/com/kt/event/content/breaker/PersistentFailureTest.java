package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PersistentFailureTest {
    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final PersistentFailure failure = new PersistentFailure(Duration.ofMinutes(1), nanoTime::get);

    @Test
    void isReportedOnceWhenItHasLastedForLong() {
        assertThat(failure.failed()).isFalse();
        pass(59);
        assertThat(failure.failed()).isFalse();
        pass(1);
        assertThat(failure.failed()).isTrue();
        pass(600);
        assertThat(failure.failed()).isFalse();
    }

    @Test
    void startsOverAfterARecovery() {
        failure.failed();
        pass(59);
        failure.recovered();
        pass(59);
        assertThat(failure.failed()).isFalse();
        pass(60);
        assertThat(failure.failed()).isTrue();
    }

    private void pass(long seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
