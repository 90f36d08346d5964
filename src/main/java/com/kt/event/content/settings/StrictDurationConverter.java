package com.kt.event.content.settings;

import java.time.Duration;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.DurationConverter;

/** Quarkus's, but for the failure of a number that is too large, which would not name the setting. */
@Priority(StrictDurationConverter.BEFORE_QUARKUS)
public class StrictDurationConverter implements Converter<Duration> {
    /** Quarkus's own converters have 200. */
    static final int BEFORE_QUARKUS = 300;

    private static final long serialVersionUID = 1L;

    @Override
    public Duration convert(String value) {
        try {
            Duration duration = DurationConverter.parseDuration(value);
            if (duration != null) {
                // Milliseconds are what Redis and the timers count.
                duration.toMillis();
            }
            return duration;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is longer than can be counted", e);
        }
    }
}
