package com.kt.event.content.ratelimit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long this instance knows a limit from responses, and which one it has told the others last. */
final class LearnedLimit {
    /** Well before the others forget it. */
    private static final Duration TOLD = CallStore.LEARNED.dividedBy(2);

    private final LongSupplier nanoTime;
    private long knownUntil;
    private int told;
    private long toldUntil;

    LearnedLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.knownUntil = nanoTime.getAsLong();
        this.toldUntil = knownUntil;
    }

    synchronized boolean isKnown() {
        return knownUntil - nanoTime.getAsLong() > 0;
    }

    synchronized void isKnownFor(Duration time) {
        long until = nanoTime.getAsLong() + time.toNanos();
        knownUntil = until - knownUntil > 0 ? until : knownUntil;
    }

    /** Whether all instances need to know it. It counts as told then. */
    synchronized boolean isNew(Lesson lesson) {
        boolean isTold = toldUntil - nanoTime.getAsLong() > 0;
        if (lesson.isNothing() || isTold && (lesson.isConfirmation(told) || lesson.isLooser(told))) {
            return false;
        }
        if (lesson.limit() > 0 && !(isTold && lesson.limit() > told)) {
            told = lesson.limit();
            toldUntil = nanoTime.getAsLong() + TOLD.toNanos();
        }
        isKnownFor(lesson.limit() > 0 || !lesson.interval().isZero() ? CallStore.LEARNED : lesson.pause());
        return true;
    }
}
