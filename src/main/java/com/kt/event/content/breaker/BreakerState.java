package com.kt.event.content.breaker;

import java.time.Duration;

/**
 * The state of the shared breaker.
 *
 * @param remaining how long it stays open; zero unless it is {@link Status#OPEN}
 * @param fault what an operator has to fix; null if nothing
 */
public record BreakerState(Status status, Duration remaining, OperatorFault fault) {
    public enum Status {
        /** Calls go out. */
        CLOSED,
        /** No calls go out. */
        OPEN,
        /** The pause is over, and a single probe finds out whether the provider works again. */
        HALF_OPEN
    }

    static final BreakerState CLOSED = new BreakerState(Status.CLOSED, Duration.ZERO, null);

    static BreakerState open(Duration remaining, OperatorFault fault) {
        return new BreakerState(Status.OPEN, remaining, fault);
    }

    static BreakerState halfOpen(OperatorFault fault) {
        return new BreakerState(Status.HALF_OPEN, Duration.ZERO, fault);
    }
}
