package com.kt.event.content.breaker;

import java.time.Duration;

/**
 * How the provider's pause stands.
 *
 * @param left how long it still runs; zero unless it does
 * @param fault what an operator has to mend; null where it is nothing of that kind
 */
public record BreakerState(Phase phase, Duration left, OperatorFault fault) {
    /** From the first to the last, and then again from the second, or to the end. */
    public enum Phase {
        /** There is no pause. */
        NONE,
        /** Nobody calls. */
        RUNNING,
        /** Its time is over, and one call finds out whether the provider is back. */
        PROVING
    }

    static final BreakerState NONE = new BreakerState(Phase.NONE, Duration.ZERO, null);

    static BreakerState running(Duration left, OperatorFault fault) {
        return new BreakerState(Phase.RUNNING, left, fault);
    }

    static BreakerState proving(OperatorFault fault) {
        return new BreakerState(Phase.PROVING, Duration.ZERO, fault);
    }
}
