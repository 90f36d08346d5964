package com.kt.event.content.breaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How many calls of this instance may be out at a time after a pause. A provider that has just come back is not met by all
 * that waited at once: the first goes alone, each that is answered lets two go, and time alone doubles it as well, for a
 * slow provider must not hold up everybody. First come, first served. Without a pause there is no limit.
 */
final class SlowStart {
    /** So many are never held back. */
    static final int UNLIMITED = 1_024;

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int limit = UNLIMITED;
    private int out;
    /** Calls that went out before the last pause take no place after it. */
    private int round;

    /** There is a pause, so what comes after it begins slowly. Who waits here is let go, to wait for its end. */
    void begin() {
        Deque<Turn> released;
        synchronized (this) {
            limit = 1;
            out = 0;
            round++;
            released = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        released.forEach(turn -> turn.taker.accept(Optional.empty()));
    }

    /** @param taker is given the place, to be left again; or none, where there is a pause meanwhile */
    Turn turn(Consumer<Optional<Place>> taker) {
        return new Turn(taker);
    }

    /** Time has passed. Answers whether there is still a limit. */
    boolean grow() {
        synchronized (this) {
            limit = Math.min(2 * limit, UNLIMITED);
        }
        callWhoFitsIn();
        return isLimited();
    }

    /** The probe, which needs no place, was answered. */
    void answered() {
        synchronized (this) {
            limit = Math.min(limit + 1, UNLIMITED);
        }
        callWhoFitsIn();
    }

    synchronized boolean isLimited() {
        return limit < UNLIMITED;
    }

    private void callWhoFitsIn() {
        for (Turn next = next(); next != null; next = next()) {
            next.taker.accept(Optional.of(next.place));
        }
    }

    private synchronized Turn next() {
        if (waiting.isEmpty() || isLimited() && out >= limit) {
            return null;
        }
        Turn next = waiting.remove();
        next.place = new Place(round);
        out++;
        return next;
    }

    /** Somebody's wish for a place. */
    final class Turn {
        private final Consumer<Optional<Place>> taker;
        private Place place;

        private Turn(Consumer<Optional<Place>> taker) {
            this.taker = taker;
        }

        void ask() {
            synchronized (SlowStart.this) {
                waiting.add(this);
            }
            callWhoFitsIn();
        }

        /** The place is not wanted any more, be it that it was given already. */
        void giveUp() {
            Place given;
            synchronized (SlowStart.this) {
                waiting.remove(this);
                given = place;
            }
            if (given != null) {
                given.leave(false);
            }
        }
    }

    /** A call that is out. */
    final class Place {
        private final int entered;
        private boolean isLeft;

        private Place(int entered) {
            this.entered = entered;
        }

        /** @param answered whether the provider showed that it can bear more */
        void leave(boolean answered) {
            synchronized (SlowStart.this) {
                if (isLeft || entered != round) {
                    return;
                }
                isLeft = true;
                out--;
                limit = Math.min(answered ? limit + 1 : limit, UNLIMITED);
            }
            callWhoFitsIn();
        }
    }
}
