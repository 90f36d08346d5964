package com.kt.event.content.breaker;

import java.time.Duration;

/**
 * The meaning of a failed call for the provider's health.
 *
 * @param reason for the log and for Redis, on one line
 * @param retryAfter how long the provider asks not to be called; zero if it does not ask
 * @param fault what an operator has to fix; null if nothing
 */
public record CallFailure(String reason, Duration retryAfter, OperatorFault fault) {
    /** The longest wait that a provider may ask for; anything longer is cut to this. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    public CallFailure {
        retryAfter = retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
    }

    static CallFailure of(String reason) {
        return new CallFailure(reason, Duration.ZERO, null);
    }
}
