package com.kt.event.content.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The rules for the shared circuit breakers, {@code content:breaker} and {@code content:breaker:{provider}}. Instances delete an
 * unreadable one and log that.
 */
class BreakerRules {
    private static final String KEY = "content:breaker";

    /** The longest pause that a provider may ask for, plus the time limit of a probe. */
    private static final Duration ALLOWANCE = Duration.ofMinutes(10 + 6 + 1);

    /** The longest pause that a provider may have in its settings. */
    private static final Duration LONGEST_OF_ANY = Duration.ofHours(1);

    private final Duration longest;
    private final ObjectMapper json;

    /** @param longestPause the limit to which pauses grow */
    BreakerRules(Duration longestPause, ObjectMapper json) {
        this.longest = longestPause.plus(ALLOWANCE);
        this.json = json;
    }

    static boolean isOfBreaker(String key) {
        return key.equals(KEY) || key.startsWith(KEY + ":");
    }

    /** @param value null if the key is not a string */
    Optional<Finding> broken(String key, String value, Duration timeToLive, Instant now) {
        Duration most = key.equals(KEY) ? longest : LONGEST_OF_ANY.plus(ALLOWANCE);
        if (timeToLive.compareTo(most) > 0) {
            return finding(key, "expires in " + timeToLive.toMinutes() + " minutes, longer than any pause");
        }
        return value != null && isReadable(value, now, most) ? Optional.empty() : finding(key, "is unreadable");
    }

    private boolean isReadable(String value, Instant now, Duration most) {
        try {
            JsonNode pause = json.readTree(value);
            double latest = now.plus(most).toEpochMilli();
            return within(pause.path("until"), 0, latest) && within(pause.path("length"), 1, most.toMillis())
                    && (!pause.hasNonNull("probe")
                            || pause.get("probe").isTextual() && within(pause.path("probeUntil"), 0, latest));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean within(JsonNode number, double least, double greatest) {
        return number.isNumber() && number.doubleValue() >= least && number.doubleValue() <= greatest;
    }

    private static Optional<Finding> finding(String key, String what) {
        return Optional.of(new Finding(Invariant.EVERY_RECORD_IS_READABLE, key,
                what + "; DEL " + key + " unless an instance has deleted it meanwhile"));
    }
}
