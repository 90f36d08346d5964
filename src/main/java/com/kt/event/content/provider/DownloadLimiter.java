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
 * Where images that arrive wait until there is a place for them, first come, first served. An open call takes next to
 * nothing, but an image takes megabytes while it is received, and hundreds can come at the same time. What waits is left
 * in its socket.
 */
@ApplicationScoped
public class DownloadLimiter {
    /**
     * How long an image that is being received keeps its place. One that takes longer comes over a slow line, or not any
     * more; those behind it must not wait for so long that their providers hang up.
     */
    static final Duration LONGEST_STAY = Duration.ofSeconds(5);

    private static final Runnable NOTHING = () -> {
    };

    private final Vertx vertx;
    private final Duration longestStay;
    private final Set<Place> waiting = new LinkedHashSet<>();
    /** Those whose image waits to be kept, the first first. */
    private final Set<Place> whole = new LinkedHashSet<>();
    private int free;

    @Inject
    DownloadLimiter(Vertx vertx, ImageApiConfig config) {
        this(vertx, config.maxArriving(), LONGEST_STAY);
    }

    DownloadLimiter(Vertx vertx, int places, Duration longestStay) {
        this.vertx = vertx;
        this.free = places;
        this.longestStay = longestStay;
    }

    /** For one image, until it is kept. Costs nothing before it is asked; then it has to be closed, whatever happens. */
    public Place place() {
        return new Place();
    }

    /** What whoever receives an image needs to know of a place. */
    interface Entry {
        /**
         * Whether to go on. If not, {@code comeIn} is called once it is this one's turn, which may be before this returns.
         * May be asked again and again: who came in goes on until it leaves.
         */
        boolean ask(Runnable comeIn);

        /** All of the image is in memory, where it stays until it is kept: it counts until then, however long that takes. */
        void isWhole();

        /** The image is gone, or will not come. */
        void leave();

        /** Runs {@code end} when nobody waits for the image any more, be it at once. The last one that is given counts. */
        void whenClosed(Runnable end);
    }

    private boolean isKeepingStuck() {
        return !whole.isEmpty()
                && System.nanoTime() - whole.iterator().next().wholeSince > longestStay.toNanos();
    }

    public final class Place implements Entry {
        private Runnable comeIn;
        private boolean mayGoOn;
        private boolean isTaken;
        private boolean isClosed;
        private Runnable end = NOTHING;
        private long stay;
        private long wholeSince;

        private Place() {
        }

        @Override
        public boolean ask(Runnable comeIn) {
            synchronized (waiting) {
                if (isClosed) {
                    return false;
                }
                if (!mayGoOn && free > 0) {
                    free--;
                    enter();
                } else if (!mayGoOn) {
                    this.comeIn = comeIn;
                    waiting.add(this);
                }
                return mayGoOn;
            }
        }

        /** Waits for this one's turn. */
        Uni<Void> turn() {
            return Uni.createFrom().emitter(turn -> {
                Context here = vertx.getOrCreateContext();
                if (ask(() -> here.runOnContext(now -> turn.complete(null)))) {
                    turn.complete(null);
                }
            });
        }

        /** One that took too long had given its place away, and takes one more than there are. */
        @Override
        public void isWhole() {
            synchronized (waiting) {
                if (mayGoOn && whole.add(this)) {
                    wholeSince = System.nanoTime();
                    free -= isTaken ? 0 : 1;
                    isTaken = true;
                    vertx.cancelTimer(stay);
                }
            }
        }

        @Override
        public void leave() {
            giveUp(false);
        }

        @Override
        public void whenClosed(Runnable end) {
            boolean isOver;
            synchronized (waiting) {
                isOver = isClosed;
                this.end = end;
            }
            if (isOver) {
                end.run();
            }
        }

        /**
         * The image is kept, or nobody waits for it any more. What still receives it ends: a cancellation that comes while
         * a call is being started may not reach it (Mutiny looks whether there is one before it subscribes to the next
         * step, and not after), and it would hold a place for an image that nobody takes.
         */
        public void close() {
            Runnable last;
            synchronized (waiting) {
                isClosed = true;
                last = end;
                end = NOTHING;
            }
            giveUp(false);
            // After the cancellation, which mostly does reach it.
            vertx.runOnContext(now -> last.run());
        }

        private void enter() {
            mayGoOn = true;
            isTaken = true;
            stayOn();
        }

        private void stayOn() {
            stay = vertx.setTimer(longestStay.toMillis(), over -> makeRoom());
        }

        /** Not while images cannot be kept: those let in besides the slow ones would only pile up in memory. */
        private void makeRoom() {
            boolean stays;
            synchronized (waiting) {
                stays = isTaken && (whole.contains(this) || isKeepingStuck());
                if (stays && !whole.contains(this)) {
                    stayOn();
                }
            }
            if (!stays) {
                giveUp(true);
            }
        }

        private void giveUp(boolean goesOn) {
            Place next;
            synchronized (waiting) {
                waiting.remove(this);
                whole.remove(this);
                mayGoOn &= goesOn;
                next = isTaken ? giveAway() : null;
            }
            if (next != null) {
                next.comeIn.run();
            }
        }

        /** To the one that has waited longest, if any waits. */
        private Place giveAway() {
            isTaken = false;
            vertx.cancelTimer(stay);
            if (waiting.isEmpty() || free < 0) {
                free++;
                return null;
            }
            Place next = waiting.iterator().next();
            waiting.remove(next);
            next.enter();
            return next;
        }
    }
}
