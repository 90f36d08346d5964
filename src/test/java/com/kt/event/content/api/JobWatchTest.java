package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import com.kt.event.content.job.JobManagers;
import com.kt.event.content.redis.RedisUnavailableException;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;

/** How long a job that cannot be read is watched. */
class JobWatchTest {
    private static final Uni<JobSnapshot> AWAY = Uni.createFrom()
            .failure(new RedisUnavailableException(new IOException("away")));

    private final UnicastProcessor<String> hints = UnicastProcessor.create();
    private final Time time = new Time();
    private Uni<JobSnapshot> answer = AWAY;

    @Test
    void givesUpWhenTheJobCouldNotBeSeenForAMinute() {
        AssertSubscriber<JobSnapshot> client = watch();

        lookAfter(Duration.ofSeconds(59));
        client.assertNotTerminated();
        answer = Uni.createFrom().item(Jobs.running(5));
        lookAfter(Duration.ofSeconds(59));
        answer = AWAY;
        lookAfter(Duration.ofSeconds(59));
        client.assertNotTerminated();
        lookAfter(Duration.ofSeconds(2));

        client.assertFailedWith(RedisUnavailableException.class);
        assertThat(client.getItems()).hasSize(1);
    }

    private AssertSubscriber<JobSnapshot> watch() {
        return new JobWatch(null, JobManagers.events(hints), null, null, time, null) {
            @Override
            Uni<JobSnapshot> read(String jobId) {
                return answer;
            }
        }.changes(Jobs.running(4)).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private void lookAfter(Duration wait) {
        time.now = time.now.plus(wait);
        hints.onNext("a-job");
    }

    private static final class Time extends Clock {
        private Instant now = Jobs.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
