package com.kt.event.content.ratelimit;

import java.time.Duration;

/**
 * Whether a provider's limits leave room for a call.
 *
 * @param remaining how long there is no room at least; zero if there is
 * @param untilACallEnds whether it is the end of another call that makes room
 */
public record LimitState(Duration remaining, boolean untilACallEnds) {
    static final LimitState FREE = new LimitState(Duration.ZERO, false);

    public boolean isFree() {
        return remaining.isZero();
    }
}
