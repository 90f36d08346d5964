package com.kt.event.content.idempotency;

import java.time.Duration;

/**
 * The state of an idempotency key when an attempt took it.
 *
 * @param jobId of the job that the attempts are to start; null if the response is known
 * @param age how long ago the first attempt began; null if the response is known
 * @param response as JSON; null unless it is known
 */
public record KeyState(Outcome outcome, String jobId, Duration age, String response) {
    public enum Outcome {
        /** This is the first attempt, and holds the key. */
        NEW,
        /** An earlier attempt ended in doubt, and this one holds the key. */
        IN_DOUBT,
        /** The response is known, and the key is not held. */
        ANSWERED
    }

    static KeyState taken(Outcome outcome, String jobId, long ageMillis) {
        return new KeyState(outcome, jobId, Duration.ofMillis(ageMillis), null);
    }

    static KeyState answered(String response) {
        return new KeyState(Outcome.ANSWERED, null, null, response);
    }
}
