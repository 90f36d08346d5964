package com.kt.event.content.check;

import com.kt.event.content.log.LogText;

/**
 * One thing that is broken.
 *
 * @param where the key, and the entry where it is one of the queue's
 * @param what what is wrong there, and what can be done
 */
public record Finding(Invariant broken, String where, String what) {
    private static final int LONGEST = 1_000;

    /** Whether it is the same thing, seen at another moment. */
    boolean isAlso(Finding other) {
        return broken == other.broken && where.equals(other.where);
    }

    /** One line, whatever stands in Redis. */
    @Override
    public String toString() {
        return LogText.line(where, LONGEST) + ": " + LogText.line(what, LONGEST);
    }
}
