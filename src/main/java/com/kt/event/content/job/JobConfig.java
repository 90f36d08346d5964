package com.kt.event.content.job;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long jobs live and how many may wait. */
@ConfigMapping(prefix = "content")
public interface JobConfig {
    Record job();

    Queue queue();

    /** content.job.* */
    interface Record {
        /** How long the record of a job is kept after its last change. */
        @WithDefault("1h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 365)
        Duration ttl();

        /** A job ends at the latest this long after its creation. Shorter than the ttl, or its end might never be seen. */
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
        /** The maximum number of jobs that wait or run, in all instances together; further requests get CONTENT_007. */
        @WithDefault("10000")
        @Min(1)
        int maxLength();
    }
}
