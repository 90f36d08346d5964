package com.kt.event.content.generator;

import java.time.Duration;

/**
 * How the provider's pause stands.
 *
 * @param left how long it still runs; zero unless it does
 */
public record Pause(Phase phase, Duration left) {
    /** From the first to the last, and then again from the second, or to the end. */
    public enum Phase {
        /** There is no pause. */
        NONE,
        /** Nobody calls. */
        RUNNING,
        /** Its time is over, and one call finds out whether the provider is back. */
        PROVING
    }

    static final Pause NONE = new Pause(Phase.NONE, Duration.ZERO);
    static final Pause PROVING = new Pause(Phase.PROVING, Duration.ZERO);

    static Pause running(Duration left) {
        return new Pause(Phase.RUNNING, left);
    }
}
