package com.kt.event.content.check;

import com.kt.event.content.log.LogText;

/**
 * A violation of an invariant.
 *
 * @param where the key, and the entry if it is the queue
 * @param what the fault and its remedy
 */
public record Finding(Invariant broken, String where, String what) {
    private static final int LONGEST = 1_000;

    /** Whether it is the same violation, found at another time. */
    boolean isAlso(Finding other) {
        return broken == other.broken && where.equals(other.where);
    }

    /** One line, whatever Redis contains. */
    @Override
    public String toString() {
        return LogText.line(where, LONGEST) + ": " + LogText.line(what, LONGEST);
    }
}
