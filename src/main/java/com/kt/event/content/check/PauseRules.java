package com.kt.event.content.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What must hold of the provider's pause, {@code content:breaker}. Instances delete what is none, and say so. */
class PauseRules {
    static final String KEY = "content:breaker";

    /** The most that a provider may ask for, and the time in which a probe proves that the pause is over. */
    private static final Duration BEYOND_THE_LONGEST = Duration.ofMinutes(10 + 6 + 1);

    private final Duration longest;
    private final ObjectMapper json;

    /** @param longestPause the most that a pause grows to */
    PauseRules(Duration longestPause, ObjectMapper json) {
        this.longest = longestPause.plus(BEYOND_THE_LONGEST);
        this.json = json;
    }

    /** @param value null where it is no text */
    Optional<Finding> broken(String value, Duration timeToLive, Instant now) {
        if (timeToLive.compareTo(longest) > 0) {
            return found("would last for " + timeToLive.toMinutes() + " minutes, longer than any pause");
        }
        return value != null && isReadable(value, now) ? Optional.empty() : found("cannot be read as a pause");
    }

    private boolean isReadable(String value, Instant now) {
        try {
            JsonNode pause = json.readTree(value);
            double latest = now.plus(longest).toEpochMilli();
            return within(pause.path("until"), 0, latest) && within(pause.path("length"), 1, longest.toMillis())
                    && (!pause.hasNonNull("probe")
                            || pause.get("probe").isTextual() && within(pause.path("probeUntil"), 0, latest));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean within(JsonNode number, double least, double greatest) {
        return number.isNumber() && number.doubleValue() >= least && number.doubleValue() <= greatest;
    }

    private static Optional<Finding> found(String what) {
        return Optional.of(new Finding(Invariant.EVERY_RECORD_IS_READABLE, KEY,
                what + "; DEL " + KEY + ", unless an instance has done so meanwhile"));
    }
}
