package com.kt.event.content.generator;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Where pictures that arrive wait until there is a place for them, first come, first served. An open call takes next to
 * nothing, but a picture takes megabytes while it is received, and hundreds can come at the same time. What waits is left
 * in its socket.
 */
@ApplicationScoped
class AnswerGate {
    /**
     * How long a picture keeps its place. One that takes longer comes over a slow line, or not any more; those behind it
     * must not wait for so long that their providers hang up.
     */
    static final Duration LONGEST_STAY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Set<Place> waiting = new LinkedHashSet<>();
    private int free;

    AnswerGate(Vertx vertx, ImageApiConfig config) {
        this.vertx = vertx;
        this.free = config.maxArriving();
    }

    /** For one picture, until it is kept. Costs nothing before it is asked; then it has to be left, whatever happens. */
    Place place() {
        return new Place();
    }

    final class Place {
        private Runnable comeIn;
        private boolean mayGoOn;
        private boolean isTaken;
        private long stay;

        private Place() {
        }

        /**
         * Whether to go on. If not, {@code comeIn} is called once it is this one's turn. May be asked again and again: who
         * came in goes on until it leaves.
         */
        boolean ask(Runnable comeIn) {
            synchronized (waiting) {
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

        /** The picture is gone, or will not come. */
        void leave() {
            giveUp(false);
        }

        private void enter() {
            mayGoOn = true;
            isTaken = true;
            stay = vertx.setTimer(LONGEST_STAY.toMillis(), over -> giveUp(true));
        }

        private void giveUp(boolean goesOn) {
            Place next;
            synchronized (waiting) {
                waiting.remove(this);
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
            if (waiting.isEmpty()) {
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
