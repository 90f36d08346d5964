package com.kt.event.content.breaker;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long the shared breaker stays open. */
@ConfigMapping(prefix = "content.image-api")
public interface BreakerConfig {
    /** How long the breaker stays open at first; doubled each time that the probe fails. */
    @WithDefault("10s")
    @DurationMin(millis = 1)
    Duration pause();

    /** The longest that doubling goes; a provider's own {@code Retry-After} may ask for more. */
    @WithDefault("1m")
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    Duration longestPause();

    @AssertTrue(message = "content.image-api.longest-pause must not be shorter than content.image-api.pause")
    default boolean isLongestPauseLongEnough() {
        return longestPause().compareTo(pause()) >= 0;
    }
}
