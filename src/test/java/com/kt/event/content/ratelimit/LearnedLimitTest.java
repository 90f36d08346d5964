package com.kt.event.content.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;

/** Responses of a provider that name different limits, such as those of images and of requests. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class LearnedLimitTest {
    private static final String KEY = "content:calls:main";
    private static final Duration A_PAUSE = Duration.ofMillis(1);

    @Inject
    CallStore store;

    @Inject
    RedisDataSource redis;

    @Inject
    @Identifier("time-limits")
    ScheduledExecutorService timer;

    @BeforeEach
    @AfterEach
    void empty() {
        redis.flushall();
    }

    @Test
    void theStricterOneStaysWhileItCounts() {
        instance().observe(saying(5, 4, Duration.ZERO));
        await().until(() -> fields().containsKey("limitUntil"));
        String until = fields().get("limitUntil");

        instance().observe(saying(500, 300, A_PAUSE));
        await().until(() -> fields().containsKey("pausedUntil"));

        assertThat(fields()).containsEntry("limit", "5").containsEntry("limitUntil", until);
        assertThat(fields().entrySet().stream().filter(field -> field.getKey().startsWith("second:"))
                .map(Map.Entry::getValue)).as("calls of others").containsExactly("1");
    }

    @Test
    void aLooserOneCountsOnceTheStricterOneIsForgotten() {
        instance().observe(saying(5, 4, Duration.ZERO));
        await().until(() -> fields().containsKey("limitUntil"));
        redis.hash(String.class).hset(KEY, "limitUntil", Long.toString(System.currentTimeMillis() - 1));

        instance().observe(saying(500, 499, Duration.ZERO));

        await().until(() -> "500".equals(fields().get("limit")));
    }

    @Test
    void aStricterOneReplacesALooserOne() {
        CallLimiter instance = instance();
        instance.observe(saying(500, 499, Duration.ZERO));
        await().until(() -> "500".equals(fields().get("limit")));

        instance.observe(saying(5, 4, Duration.ZERO));

        await().until(() -> "5".equals(fields().get("limit")));
    }

    /** A provider that names both in turn would cost a command with each call. */
    @Test
    void aLooserOneIsNotTold() {
        LearnedLimit learned = new LearnedLimit(System::nanoTime);

        assertThat(learned.isNew(lesson(5, 4))).isTrue();
        assertThat(learned.isNew(lesson(500, 100))).isFalse();
        assertThat(learned.isNew(lesson(5, 4))).isFalse();
        assertThat(learned.isNew(new Lesson(500, 100, A_PAUSE, Duration.ZERO))).as("a pause").isTrue();
        assertThat(learned.isNew(lesson(5, 4))).isFalse();
        assertThat(learned.isNew(lesson(4, 3))).isTrue();
    }

    private static Lesson lesson(int limit, int remaining) {
        return new Lesson(limit, remaining, Duration.ZERO, Duration.ZERO);
    }

    private static ResponseLimits saying(int limit, int remaining, Duration exhausted) {
        return new ResponseLimits(limit, remaining, Duration.ofSeconds(36), exhausted, false);
    }

    private CallLimiter instance() {
        return new CallLimiter("main", CallLimits.NONE, store, timer, System::nanoTime, Duration.ofHours(1));
    }

    private Map<String, String> fields() {
        return redis.hash(String.class).hgetall(KEY);
    }
}
