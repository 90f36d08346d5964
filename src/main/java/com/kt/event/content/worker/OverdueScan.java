package com.kt.event.content.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.QueueEntry;

import io.smallrye.mutiny.Multi;

/** Finds the queue entries of jobs that are past their deadline, whether or not a worker has claimed them. */
final class OverdueScan {
    /** An entry that was handed back is younger than its job: only a scan of the whole queue finds it. */
    private static final Duration FULL_SCAN_INTERVAL = Duration.ofMinutes(1);

    private final JobQueue queue;
    private final JobConfig config;
    private final Clock clock;
    private final LongSupplier nanoTime;
    /** In nanoTime. */
    private volatile long lastFullScan;

    OverdueScan(JobQueue queue, JobConfig config, Clock clock, LongSupplier nanoTime) {
        this.queue = queue;
        this.config = config;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastFullScan = nanoTime.getAsLong() - FULL_SCAN_INTERVAL.toNanos() - 1;
    }

    /** Reads the whole queue once per interval, and otherwise only the entries that are old enough themselves. */
    Multi<QueueEntry> entries() {
        Instant limit = clock.instant().minus(config.job().deadline());
        long now = nanoTime.getAsLong();
        if (now - lastFullScan <= fullScanInterval().toNanos()) {
            return queue.writtenBefore(limit);
        }
        lastFullScan = now;
        return queue.acceptedBefore(limit);
    }

    /** Short enough for an overdue job to end before its record expires. */
    private Duration fullScanInterval() {
        Duration half = config.job().ttl().minus(config.job().deadline()).dividedBy(2);
        return half.compareTo(FULL_SCAN_INTERVAL) < 0 ? half : FULL_SCAN_INTERVAL;
    }
}
