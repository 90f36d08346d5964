package com.kt.event.content.job;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.mutiny.Uni;

/** The base of the tests of jobs in Redis. */
abstract class StoredJobSuite {
    static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null,
            Map.of("기간", "6월"));
    static final Set<Style> EVERY_STYLE = EnumSet.allOf(Style.class);
    static final Duration LEASE = Duration.ofSeconds(30);

    @Inject
    JobManager jobManager;

    @Inject
    JobStore store;

    @Inject
    JobQueue queue;

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void empty() {
        redis.flushall();
        get(queue.open());
    }

    static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.openCall(style, LATER);
        }
        return next;
    }

    Job accept() {
        return accept("rainy-day");
    }

    Job accept(String draft) {
        return get(jobManager.createJob(wanted(draft)));
    }

    static JobRequest wanted(String draft) {
        return JobRequest.of(draft, RECOMMENDATION, EVERY_STYLE, Map.of());
    }

    Job claimed(String owner) {
        return claimed(owner, LEASE);
    }

    Job claimed(String owner, Duration lease) {
        return get(store.claim(accept().id(), owner, lease)).job();
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
