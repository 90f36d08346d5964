package com.kt.event.content.faults;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.kt.event.content.faults.StormRecord.InFlight;

/** Observes the instances, and restarts one that died by itself. */
final class StormWatch implements AutoCloseable {
    private static final long PACE_MILLIS = 200;

    private final StormRecord record;
    private final ScheduledExecutorService clock;

    StormWatch(StormRecord record, List<StormInstance> instances) {
        this.record = record;
        this.clock = Executors.newScheduledThreadPool(instances.size());
        instances.forEach(instance -> clock.scheduleWithFixedDelay(() -> look(instance), PACE_MILLIS, PACE_MILLIS,
                TimeUnit.MILLISECONDS));
    }

    private void look(StormInstance instance) {
        if (instance.process.tryLock()) {
            try {
                if (!instance.service().isAlive()) {
                    record.deaths.add(instance.service().name() + " at " + Instant.now());
                    instance.service().start();
                }
            } finally {
                instance.process.unlock();
            }
        }
        try {
            int jobs = (int) instance.service().metric("content_jobs_in_flight");
            record.inFlight.add(new InFlight(instance.service().name(), Instant.now(), jobs));
        } catch (RuntimeException e) {
            // A fault is being injected into it.
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
