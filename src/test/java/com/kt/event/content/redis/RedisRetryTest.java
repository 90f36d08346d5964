package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;

import io.smallrye.mutiny.Uni;

class RedisRetryTest {
    private final RedisRetry retry = new RedisRetry(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofHours(1));
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void repeatsUntilRedisHasDoneIt() {
        List<String> told = new ArrayList<>();

        String done = get(retry.retry(failing(2, "OOM command not allowed"), RedisFailures::isFinal,
                failure -> told.add(failure.getMessage())));

        assertThat(done).isEqualTo("done");
        assertThat(attempts).hasValue(3);
        assertThat(told).containsExactly("OOM command not allowed", "OOM command not allowed");
    }

    @Test
    void doesntRepeatAFailureThatIsFinal() {
        assertThatThrownBy(() -> get(retry.retry(failing(1, "WRONGTYPE Operation against a key"))))
                .hasMessageContaining("WRONGTYPE");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void endsWithTheLastFailureAfterItsLimit() {
        RedisRetry short_ = new RedisRetry(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(50));

        assertThatThrownBy(() -> get(short_.retry(failing(Integer.MAX_VALUE, "LOADING"))))
                .hasStackTraceContaining("LOADING");
        assertThat(attempts.get()).isGreaterThan(1);
    }

    private Uni<String> failing(int times, String message) {
        return Uni.createFrom().deferred(() -> attempts.incrementAndGet() <= times
                ? Uni.createFrom().failure(new RuntimeException(message))
                : Uni.createFrom().item("done"));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
