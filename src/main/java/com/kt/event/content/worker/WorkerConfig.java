package com.kt.event.content.worker;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many jobs this instance runs, and how other instances notice that it died. */
@ConfigMapping(prefix = "content.worker")
public interface WorkerConfig {
    /** Whether this instance runs jobs, or only accepts them. */
    @WithDefault("true")
    boolean enabled();

    /** How many jobs this instance runs at most at a time; each calls the image API once per style. */
    @WithDefault("256")
    @Min(1)
    @Max(MOST_IN_FLIGHT)
    int maxInFlight();

    /** Three calls per job must fit the image API client's 10,000 connections: a call that waits for one times out unsent. */
    int MOST_IN_FLIGHT = 3_333;

    /** How long a job stays leased to this instance without a renewal. */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    Duration lease();

    /** How often leases are renewed and stalled jobs swept. The scheduler's resolution is one second. */
    @WithDefault("10s")
    @DurationMin(seconds = 1)
    Duration heartbeat();

    /** How long shutdown waits for jobs to end before it hands the rest to other instances. */
    @WithDefault("20s")
    @DurationMin(seconds = 0)
    @DurationMax(days = 1)
    Duration grace();

    @AssertTrue(message = "content.worker.heartbeat must be at most half of content.worker.lease")
    default boolean isHeartbeatOftenEnough() {
        return heartbeat().multipliedBy(2).compareTo(lease()) <= 0;
    }
}
