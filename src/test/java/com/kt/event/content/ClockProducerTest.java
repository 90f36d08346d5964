package com.kt.event.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.MutinyScheduler;

class ClockProducerTest {
    private final ScheduledThreadPoolExecutor timer = (ScheduledThreadPoolExecutor) new ClockProducer().timeLimits();

    @AfterEach
    void stop() {
        new ClockProducer().stop(timer);
    }

    @Test
    void keepsNothingOfALimitThatWasMet() {
        for (int i = 0; i < 100; i++) {
            Uni.createFrom().item("in time").emitOn(Runnable::run)
                    .ifNoItem().after(Duration.ofMinutes(50)).on(timer).fail().await().indefinitely();
        }

        assertThat(timer.getQueue()).isEmpty();
    }

    /** The reason why the service has its own timer. */
    @Test
    void mutinysOwnSchedulerKeepsLimitsThatWereMet() {
        MutinyScheduler scheduler = new MutinyScheduler(Runnable::run);
        try {
            scheduler.setRemoveOnCancelPolicy(true);
            scheduler.schedule(() -> {
            }, 50, TimeUnit.MINUTES).cancel(false);

            assertThat(scheduler.getQueue()).hasSize(1);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void failsWhenALimitIsNotMet() {
        assertThatThrownBy(() -> Uni.createFrom().nothing()
                .ifNoItem().after(Duration.ofMillis(10)).on(timer).fail().await().atMost(PatientAwaitility.LIMIT))
                .isInstanceOf(TimeoutException.class);
    }
}
