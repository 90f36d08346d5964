package com.kt.event.content.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> renewed = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private final OpenCalls open = new OpenCalls(timer, renewed::addAll, () -> now.toNanos(), Duration.ofMinutes(62));

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** A provider may take longer than a call does, as Replicate when it boots a model: the outcome is asked for then. */
    @Test
    void areRenewedUntilTheyEnd() {
        open.add("slow");

        assertThat(renewedAfter(Duration.ofMinutes(7))).containsExactly("slow");
        assertThat(renewedAfter(Duration.ofMinutes(50))).containsExactly("slow");
        assertThat(open.remove("slow")).isTrue();
        assertThat(renewedAfter(Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void areForgottenIfTheyWereLost() {
        open.add("lost");

        assertThat(renewedAfter(Duration.ofMinutes(63))).isEmpty();
        assertThat(open.remove("lost")).isFalse();
    }

    private List<String> renewedAfter(Duration time) {
        now = now.plus(time);
        renewed.clear();
        open.renewAll();
        return renewed;
    }
}
