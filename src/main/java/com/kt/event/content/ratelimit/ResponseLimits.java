package com.kt.event.content.ratelimit;

import java.time.Duration;

/**
 * What a response says about the limits of calls.
 *
 * @param limit the most calls in a minute; 0 if it does not say
 * @param remaining how many of them are left; -1 if it does not say
 * @param reset when there are more again, zero if it does not say
 * @param exhausted how long no call may go out because some limit, such as that of tokens, is used up; zero if none is
 * @param isRefusal whether the provider refused the call because of a limit
 */
public record ResponseLimits(int limit, int remaining, Duration reset, Duration exhausted, boolean isRefusal) {
    public static final ResponseLimits NONE = new ResponseLimits(0, -1, Duration.ZERO, Duration.ZERO, false);

    /** A limit of one call is a limit of the time between two calls. */
    boolean isOfOne() {
        return limit == 1 && !reset.isZero();
    }
}
