package com.kt.event.content.worker;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much this instance works, and how others learn that it died. */
@ConfigMapping(prefix = "content.worker")
public interface WorkerConfig {
    /** Whether this instance works on jobs at all, or only accepts them. */
    @WithDefault("true")
    boolean enabled();

    /** The most jobs that this instance works on at a time; each calls the image API once per style. */
    @WithDefault("256")
    @Min(1)
    @Max(MOST_IN_FLIGHT)
    int maxInFlight();

    /** The client of the image API has 10,000 connections; a call that waited for one would be given up unsent. */
    int MOST_IN_FLIGHT = 3_333;

    /** How long a job stays this instance's without a sign of life. */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    Duration lease();

    /** How often signs of life are given, and looked for; the scheduler knows nothing shorter than a second. */
    @WithDefault("10s")
    @DurationMin(seconds = 1)
    Duration heartbeat();

    /** How long a stop waits for jobs to end before it hands the rest to other instances. */
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(days = 1)
    Duration grace();

    @AssertTrue(message = "content.worker.heartbeat must be at most half of content.worker.lease")
    default boolean isHeartbeatOftenEnough() {
        return heartbeat().multipliedBy(2).compareTo(lease()) <= 0;
    }
}
