package com.kt.event.content.provider;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Limits how many images are received at a time, in the order of the requests. An open call takes next to no memory, but an
 * image takes megabytes while it is received, and hundreds can come at once. A response without a permit is left in its
 * socket.
 */
@ApplicationScoped
class DownloadLimiter {
    /**
     * How long a download counts. A longer one has a slow connection or a dead one, and those behind it must not wait for so
     * long that their providers hang up.
     */
    static final Duration LONGEST_COUNTED = Duration.ofSeconds(5);

    /** More than a cancellation takes to pass through all steps of a call, even on a busy machine. */
    private static final long CANCELLATION_MILLIS = 200;

    private static final Runnable NOTHING = () -> {
    };

    private final Vertx vertx;
    private final Duration longestCounted;
    private final Set<Permit> waiting = new LinkedHashSet<>();
    /** Images that wait until they are stored, in the order in which they were received. */
    private final Set<Permit> received = new LinkedHashSet<>();
    private int available;

    @Inject
    DownloadLimiter(Vertx vertx, ImageApiConfig config) {
        this(vertx, config.maxArriving().orElseGet(ArrivingMemory::images), LONGEST_COUNTED);
    }

    DownloadLimiter(Vertx vertx, int permits, Duration longestCounted) {
        this.vertx = vertx;
        this.available = permits;
        this.longestCounted = longestCounted;
    }

    /** A permit that is not acquired yet. Once it is, it has to be closed, whatever happens. */
    Permit newPermit() {
        return new Permit();
    }

    private boolean isStorageStalled() {
        return !received.isEmpty()
                && System.nanoTime() - received.iterator().next().receivedAt > longestCounted.toNanos();
    }

    /** For one image, until it is stored. */
    final class Permit implements DownloadPermit {
        private Runnable onGranted;
        private Runnable onClose = NOTHING;
        private boolean isHeld;
        private boolean isCounted;
        private boolean isClosed;
        private long timer;
        private long receivedAt;

        private Permit() {
        }

        @Override
        public boolean tryAcquire(Runnable onGranted) {
            synchronized (waiting) {
                if (isClosed) {
                    return false;
                }
                if (!isHeld && available > 0) {
                    available--;
                    grant();
                } else if (!isHeld) {
                    this.onGranted = onGranted;
                    waiting.add(this);
                }
                return isHeld;
            }
        }

        /** Waits until the permit is granted. */
        Uni<Void> acquire() {
            return Uni.createFrom().emitter(emitter -> {
                Context context = vertx.getOrCreateContext();
                if (tryAcquire(() -> context.runOnContext(granted -> emitter.complete(null)))) {
                    emitter.complete(null);
                }
            });
        }

        /** A slow download that did not count any more counts again, even beyond the limit. */
        @Override
        public void received() {
            synchronized (waiting) {
                if (isHeld && received.add(this)) {
                    receivedAt = System.nanoTime();
                    available -= isCounted ? 0 : 1;
                    isCounted = true;
                    vertx.cancelTimer(timer);
                }
            }
        }

        @Override
        public void release() {
            stopCounting(false);
        }

        @Override
        public void onClose(Runnable action) {
            boolean isOver;
            synchronized (waiting) {
                isOver = isClosed;
                this.onClose = action;
            }
            if (isOver) {
                action.run();
            }
        }

        /**
         * The image is stored, or nobody waits for it any more. A call that still receives it ends by the action: a
         * cancellation during the start of a call may not reach it (Mutiny checks for one before it subscribes to the next
         * step, and not after), and it would hold the permit for an image that nobody takes.
         */
        void close() {
            Runnable action;
            synchronized (waiting) {
                isClosed = true;
                action = onClose;
                onClose = NOTHING;
            }
            stopCounting(false);
            // Where a cancellation does reach the call, a failure that overtook it would be logged as a dropped exception.
            vertx.setTimer(CANCELLATION_MILLIS, passed -> action.run());
        }

        private void grant() {
            isHeld = true;
            isCounted = true;
            startTimer();
        }

        private void startTimer() {
            timer = vertx.setTimer(longestCounted.toMillis(), expired -> expire());
        }

        /** A slow download goes on, but does not count; unless images cannot be stored, and more would pile up in memory. */
        private void expire() {
            boolean counts;
            synchronized (waiting) {
                counts = isCounted && (received.contains(this) || isStorageStalled());
                if (counts && !received.contains(this)) {
                    startTimer();
                }
            }
            if (!counts) {
                stopCounting(true);
            }
        }

        private void stopCounting(boolean staysHeld) {
            Permit next;
            synchronized (waiting) {
                waiting.remove(this);
                received.remove(this);
                isHeld &= staysHeld;
                next = isCounted ? passOn() : null;
            }
            if (next != null) {
                next.onGranted.run();
            }
        }

        /** Grants the permit that has waited longest, and returns it; null if none waits. */
        private Permit passOn() {
            isCounted = false;
            vertx.cancelTimer(timer);
            if (waiting.isEmpty() || available < 0) {
                available++;
                return null;
            }
            Permit next = waiting.iterator().next();
            waiting.remove(next);
            next.grant();
            return next;
        }
    }
}
