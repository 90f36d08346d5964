package com.kt.event.content.settings;

import java.time.Duration;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkus.runtime.configuration.DurationConverter;

/** Quarkus's converter, except that a duration that is too long is reported with the setting's name. */
@Priority(StrictDurationConverter.BEFORE_QUARKUS)
public class StrictDurationConverter implements Converter<Duration> {
    /** The priority of Quarkus's own converters is 200. */
    static final int BEFORE_QUARKUS = 300;

    private static final long serialVersionUID = 1L;

    @Override
    public Duration convert(String value) {
        try {
            Duration duration = DurationConverter.parseDuration(value);
            if (duration != null) {
                // Redis and the timers count milliseconds.
                duration.toMillis();
            }
            return duration;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is too long", e);
        }
    }
}
