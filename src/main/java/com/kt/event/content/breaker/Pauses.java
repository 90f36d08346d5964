package com.kt.event.content.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import com.kt.event.content.settings.StrictDurationConverter;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * How long a provider's breaker stays open.
 *
 * @param first doubled each time that the probe fails
 * @param longest the longest that doubling goes
 */
record Pauses(Duration first, Duration longest) {
    Pauses {
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the longest pause is shorter than the first");
        }
    }

    /** @param members the settings of the provider, which may lack these */
    static Pauses of(String provider, Function<String, Optional<String>> members, BreakerConfig defaults) {
        Duration first = duration(members.apply("pause"), defaults.pause());
        Duration longest = duration(members.apply("longest-pause"), defaults.longestPause());
        if (longest.compareTo(first) < 0) {
            throw new ConfigurationException("content.providers." + provider
                    + ".longest-pause must not be shorter than "
                    + "content.providers." + provider + ".pause, nor than content.image-api.pause where that counts");
        }
        return new Pauses(first, longest);
    }

    private static Duration duration(Optional<String> value, Duration otherwise) {
        return value.map(new StrictDurationConverter()::convert).orElse(otherwise);
    }
}
