package com.kt.event.content.breaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Limits this instance's concurrent calls after the breaker was open, so that a provider that has just recovered does not
 * get all waiting calls at once. The limit is one at first. It grows by one with each success, so that each success makes
 * room for two calls; it also doubles with time, so that a slow provider starves nobody. Permits are granted in the order
 * of the requests. As long as the breaker never opens there is no limit.
 */
final class SlowStart {
    /** From this limit on nothing is held back. */
    static final int UNLIMITED = 1_024;

    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int limit = UNLIMITED;
    private int inUse;
    /** Permits from before the breaker last opened do not count after it. */
    private int generation;

    /** The breaker opened: the limit is one again. Waiters are turned away, to wait until it closes. */
    void restart() {
        Deque<Waiter> rejected;
        synchronized (this) {
            limit = 1;
            inUse = 0;
            generation++;
            rejected = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        rejected.forEach(waiter -> waiter.callback.accept(Optional.empty()));
    }

    /** @param callback gets the permit, or none if the breaker opens before */
    Waiter waiter(Consumer<Optional<Permit>> callback) {
        return new Waiter(callback);
    }

    /** A permit if there is one, and nobody waits for it. */
    synchronized Optional<Permit> tryNow() {
        if (!waiting.isEmpty() || isLimited() && inUse >= limit) {
            return Optional.empty();
        }
        inUse++;
        return Optional.of(new Permit(generation));
    }

    /** Doubles the limit. Returns whether there still is one. */
    boolean grow() {
        synchronized (this) {
            limit = Math.min(2 * limit, UNLIMITED);
        }
        grantPermits();
        return isLimited();
    }

    /** The probe, which needs no permit, succeeded. */
    void probeSucceeded() {
        synchronized (this) {
            limit = Math.min(limit + 1, UNLIMITED);
        }
        grantPermits();
    }

    synchronized boolean isLimited() {
        return limit < UNLIMITED;
    }

    private void grantPermits() {
        for (Waiter next = nextWithPermit(); next != null; next = nextWithPermit()) {
            next.callback.accept(Optional.of(next.permit));
        }
    }

    private synchronized Waiter nextWithPermit() {
        if (waiting.isEmpty() || isLimited() && inUse >= limit) {
            return null;
        }
        Waiter next = waiting.remove();
        next.permit = new Permit(generation);
        inUse++;
        return next;
    }

    /** A request for a permit. */
    final class Waiter {
        private final Consumer<Optional<Permit>> callback;
        private Permit permit;

        private Waiter(Consumer<Optional<Permit>> callback) {
            this.callback = callback;
        }

        /** Calls back as soon as there is a permit, perhaps before this returns. */
        void enqueue() {
            synchronized (SlowStart.this) {
                waiting.add(this);
            }
            grantPermits();
        }

        /** Withdraws the request, and returns the permit if it was granted already. */
        void cancel() {
            Permit granted;
            synchronized (SlowStart.this) {
                waiting.remove(this);
                granted = permit;
            }
            if (granted != null) {
                granted.release(false);
            }
        }
    }

    /** The right to one call. */
    final class Permit {
        private final int grantedIn;
        private boolean isReleased;

        private Permit(int generation) {
            this.grantedIn = generation;
        }

        /** @param success whether the provider showed that it can take more */
        void release(boolean success) {
            synchronized (SlowStart.this) {
                if (isReleased || grantedIn != generation) {
                    return;
                }
                isReleased = true;
                inUse--;
                limit = Math.min(success ? limit + 1 : limit, UNLIMITED);
            }
            grantPermits();
        }
    }
}
