package com.kt.event.content.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Knows whether the others had a chance to renew their leases, so that a lapsed one means a dead worker. That takes two
 * heartbeats during which Redis answered without a break; a start counts as a break as well, and so does a gap between
 * two answers in which a lease may lapse, for a Redis that hangs may answer late instead of not at all.
 */
final class TakeOverGuard {
    private final long chance;
    private final long longestGap;
    private final LongSupplier nanoTime;

    /** When the answers without a break began, and when the last of them came. In nanoTime. */
    private long since;
    private long last;
    private boolean broken;

    TakeOverGuard(Duration lease, Duration heartbeat, LongSupplier nanoTime) {
        Duration twoHeartbeats = heartbeat.multipliedBy(2);
        Duration lapses = lease.minus(heartbeat);
        this.chance = twoHeartbeats.toNanos();
        // A worker that renewed just before the gap has a heartbeat less than a lease. Where that is no more than a
        // heartbeat either, a tick that comes a little late must not count.
        this.longestGap = lapses.compareTo(twoHeartbeats) > 0 ? lapses.toNanos() : chance;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.last = since;
    }

    /** Redis took a write, or would have taken one. */
    synchronized void answered() {
        long now = nanoTime.getAsLong();
        if (broken || now - last > longestGap) {
            since = now;
        }
        broken = false;
        last = now;
    }

    /** Redis did not answer, or takes no writes: nobody's leases can be renewed either. */
    synchronized void failed() {
        broken = true;
    }

    synchronized boolean mayTakeOver() {
        return !broken && last - since >= chance && nanoTime.getAsLong() - last <= longestGap;
    }
}
