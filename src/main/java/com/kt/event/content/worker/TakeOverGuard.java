package com.kt.event.content.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether other workers have had the chance to renew their leases, so that a lapsed lease means a dead worker. They
 * have after two heartbeats during which Redis answered without interruption. The start of this instance counts as an
 * interruption, and so does a gap between two responses that is long enough for a lease to lapse: a hanging Redis may
 * answer late rather than never.
 */
final class TakeOverGuard {
    private final long chance;
    private final long longestGap;
    private final LongSupplier nanoTime;

    /** The first and the last of the responses without interruption. In nanoTime. */
    private long since;
    private long last;
    private boolean broken;

    TakeOverGuard(Duration lease, Duration heartbeat, LongSupplier nanoTime) {
        Duration twoHeartbeats = heartbeat.multipliedBy(2);
        Duration lapses = lease.minus(heartbeat);
        this.chance = twoHeartbeats.toNanos();
        // A lease that was due for renewal when the gap began lapses after a lease less a heartbeat. With a short lease
        // that is about a heartbeat, and a tick that is merely late must not count as a gap.
        this.longestGap = lapses.compareTo(twoHeartbeats) > 0 ? lapses.toNanos() : chance;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.last = since;
    }

    /** Redis accepted a write, or would have. */
    synchronized void answered() {
        long now = nanoTime.getAsLong();
        if (broken || now - last > longestGap) {
            since = now;
        }
        broken = false;
        last = now;
    }

    /** Redis did not answer or refused writes, so no worker can renew its leases either. */
    synchronized void failed() {
        broken = true;
    }

    synchronized boolean mayTakeOver() {
        return !broken && last - since >= chance && nanoTime.getAsLong() - last <= longestGap;
    }
}
