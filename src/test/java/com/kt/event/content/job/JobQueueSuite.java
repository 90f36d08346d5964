package com.kt.event.content.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.WithoutWorker;

import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.mutiny.Uni;

/** The base of the tests of the queue, which holds at most three jobs here. */
abstract class JobQueueSuite {
    static final Instant ACCEPTED = Instant.parse("2026-11-22T12:00:00.123Z");
    static final Duration NO_WAIT = Duration.ofMillis(10);

    @Inject
    JobQueue queue;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void empty() {
        redis.flushall();
        get(queue.open());
    }

    void append(String... jobIds) {
        for (String jobId : jobIds) {
            get(queue.append(jobId, ACCEPTED));
        }
    }

    List<QueueEntry> take() {
        return get(queue.take(10, NO_WAIT));
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }

    public static class ShortQueue extends WithoutWorker {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.worker.enabled", "false", "content.queue.max-length", "3");
        }
    }
}
