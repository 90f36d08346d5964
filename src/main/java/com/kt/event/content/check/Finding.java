package com.kt.event.content.check;

/**
 * One thing that is broken.
 *
 * @param where the key, and the entry where it is one of the queue's
 * @param what what is wrong there, and what can be done
 */
public record Finding(Invariant broken, String where, String what) {
    /** Whether it is the same thing, seen at another moment. */
    boolean isAlso(Finding other) {
        return broken == other.broken && where.equals(other.where);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
