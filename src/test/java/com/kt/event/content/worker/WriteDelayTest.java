package com.kt.event.content.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteDelayTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Runnable> endOfTick = new ArrayDeque<>();
    private final AtomicBoolean isComplete = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void startsAtTheEndOfTheTickIfAllValuesAreThere() {
        WriteDelay delay = delay(Duration.ofHours(1));
        isComplete.set(true);

        delay.check();
        delay.execute(writes::incrementAndGet);
        assertThat(writes).hasValue(0);
        endTick();

        assertThat(writes).hasValue(1);
    }

    @Test
    void waitsForTheLastValue() {
        WriteDelay delay = delay(Duration.ofHours(1));
        delay.check();
        delay.execute(writes::incrementAndGet);
        endTick();
        assertThat(writes).hasValue(0);

        isComplete.set(true);
        delay.check();
        endTick();
        delay.check();
        endTick();

        assertThat(writes).hasValue(1);
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        WriteDelay delay = new WriteDelay(isComplete::get, Duration.ofMillis(1), timer, Runnable::run);

        delay.execute(writes::incrementAndGet);

        await().until(() -> writes.get() == 1);
    }

    private WriteDelay delay(Duration longest) {
        return new WriteDelay(isComplete::get, longest, timer, endOfTick::add);
    }

    private void endTick() {
        for (Runnable task = endOfTick.poll(); task != null; task = endOfTick.poll()) {
            task.run();
        }
    }
}
