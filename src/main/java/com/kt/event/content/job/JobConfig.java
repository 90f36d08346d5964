package com.kt.event.content.job;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long a job may live and how many may wait. */
@ConfigMapping(prefix = "content")
public interface JobConfig {
    Record job();

    Queue queue();

    /** content.job.* */
    interface Record {
        /** How long a job can be asked for after its last change. */
        @WithDefault("1h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 365)
        Duration ttl();

        /** How long after its creation a job ends at the latest; less than the ttl, or its end would not be seen. */
        @WithDefault("50m")
        @DurationMin(seconds = 1)
        Duration deadline();

        @AssertTrue(message = "content.job.deadline must be shorter than content.job.ttl")
        default boolean isDeadlineBeforeExpiry() {
            return deadline().compareTo(ttl()) < 0;
        }
    }

    /** content.queue.* */
    interface Queue {
        /** How many jobs may wait or run, in all instances together; more are answered CONTENT_007. */
        @WithDefault("10000")
        @Min(1)
        int maxLength();
    }
}
