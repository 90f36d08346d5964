package com.kt.event.content.generator;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

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

    /** For one picture. Costs nothing until it is asked for; then it has to be left, whatever becomes of the picture. */
    Place place() {
        return new Place();
    }

    /** Does the work as soon as there is a place for it. */
    <T> Uni<T> pass(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Place place = place();
            Context here = vertx.getOrCreateContext();
            return Uni.createFrom().<Void>emitter(turn -> {
                if (place.ask(() -> here.runOnContext(then -> turn.complete(null)))) {
                    turn.complete(null);
                }
            }).chain(() -> work.get()).onTermination().invoke(place::leave);
        });
    }

    final class Place {
        private Runnable comeIn;
        private long stay;
        private boolean isIn;
        private boolean isLeft;

        private Place() {
        }

        /**
         * Whether to go on. If not, {@code comeIn} is called once it is this one's turn. May be asked again and again: what
         * is in, or was, goes on.
         */
        boolean ask(Runnable comeIn) {
            synchronized (waiting) {
                if (isIn || isLeft) {
                    return true;
                }
                if (free == 0) {
                    this.comeIn = comeIn;
                    waiting.add(this);
                    return false;
                }
                free--;
                enter();
                return true;
            }
        }

        private void enter() {
            isIn = true;
            stay = vertx.setTimer(LONGEST_STAY.toMillis(), timer -> leave());
        }

        void leave() {
            Place next;
            synchronized (waiting) {
                isLeft = true;
                waiting.remove(this);
                next = isIn ? giveAway() : null;
            }
            if (next != null) {
                next.comeIn.run();
            }
        }

        /** To the one that waited longest, if any. */
        private Place giveAway() {
            isIn = false;
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
