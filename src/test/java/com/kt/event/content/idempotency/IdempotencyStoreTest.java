package com.kt.event.content.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.idempotency.KeyState.Outcome;
import com.kt.event.content.redis.FaultyRedis;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.redis.client.Redis;

import redis.clients.jedis.Jedis;

/** The entry of a key in a real Redis. IdempotentRequestsTest tests the jobs that requests with a key start. */
class IdempotencyStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final EmbeddedRedis SERVER = new EmbeddedRedis();
    private static final Vertx VERTX = Vertx.vertx();
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    private static IdempotencyStore store;
    private static Jedis redis;

    private final Attempt first = Attempt.of(UUID.randomUUID().toString(), "generate spring-latte");
    private final Attempt second = Attempt.of(first.key(), first.request());
    private final String entry = "content:idempotency:" + first.key();

    @BeforeAll
    static void start() {
        URI uri = SERVER.getHosts().iterator().next();
        ReactiveRedisDataSource source = new FaultyRedis(Redis.createClient(VERTX.getDelegate(), uri.toString()))
                .dataSource(VERTX);
        store = new IdempotencyStore(source, new RedisScripts(source), new JsonCodec(new ObjectMapper()), TIMER);
        redis = new Jedis(uri);
    }

    @AfterAll
    static void stop() {
        redis.close();
        VERTX.closeAndAwait();
        TIMER.shutdownNow();
        SERVER.stop();
    }

    @Test
    void theFirstAttemptTakesTheKey() {
        KeyState state = get(store.take(first, "job-1"));

        assertThat(state).isEqualTo(new KeyState(Outcome.NEW, "job-1", Duration.ZERO, null));
        assertThat(redis.get(entry)).contains("\"request\":\"generate spring-latte\"", "\"jobId\":\"job-1\"",
                "\"holder\":\"" + first.holder() + "\"");
        assertThat(redis.ttl(entry)).isBetween(86_300L, 86_400L);
    }

    @Test
    void theResponseIsReplayedAsItWasStored() {
        get(store.take(first, "job-1"));
        get(store.remember(first, Map.of("message", "이미지 생성 중입니다")));

        assertThat(redis.get(entry))
                .isEqualTo("{\"request\":\"generate spring-latte\",\"answer\":{\"message\":\"이미지 생성 중입니다\"}}");
        assertThat(redis.ttl(entry)).isBetween(86_300L, 86_400L);
        assertThat(get(store.take(second, "job-2")))
                .isEqualTo(KeyState.answered("{\"message\":\"이미지 생성 중입니다\"}"));
    }

    @Test
    void anAttemptAfterAReleaseGetsTheSameJob() {
        get(store.take(first, "job-1"));
        get(store.release(first));

        KeyState state = get(store.take(second, "job-2"));

        assertThat(state.outcome()).isEqualTo(Outcome.IN_DOUBT);
        assertThat(state.jobId()).isEqualTo("job-1");
        assertThat(state.age()).isLessThan(LIMIT);
    }

    @Test
    void aForgottenKeyIsNewAgain() {
        get(store.take(first, "job-1"));
        get(store.forget(first));

        assertThat(redis.exists(entry)).isFalse();
        assertThat(get(store.take(second, "job-2")).outcome()).isEqualTo(Outcome.NEW);
    }

    @Test
    void onlyTheHolderReleasesTheKey() {
        get(store.take(first, "job-1"));
        String before = redis.get(entry);

        get(store.release(second));
        get(store.forget(second));

        assertThat(redis.get(entry)).isEqualTo(before);
    }

    @Test
    void waitsWhileAnotherAttemptHoldsTheKey() {
        get(store.take(first, "job-1"));
        Uni<KeyState> waiting = store.take(second, "job-2");

        assertThat(get(waiting.ifNoItem().after(Duration.ofMillis(200)).recoverWithItem((KeyState) null))).isNull();
        get(store.remember(first, Map.of()));
        assertThat(get(waiting).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void refusesAnotherRequestWithTheKey() {
        get(store.take(first, "job-1"));

        assertThatThrownBy(() -> get(store.take(Attempt.of(first.key(), "generate rainy-day"), "job-2")))
                .isInstanceOf(IdempotencyKeyReusedException.class);
    }

    /** As by {@code redis-cli --eval}. */
    @Test
    void theScriptsRunByThemselves() {
        List<String> key = List.of(entry);

        assertThat(redis.eval(RedisScript.load("idempotency/take").text(), key,
                List.of("generate spring-latte", "job-1", "attempt-1", "10000", "86400000")))
                .isEqualTo(List.of("TAKEN", "job-1", "0"));
        assertThat(redis.eval(RedisScript.load("idempotency/release").text(), key, List.of("attempt-1", "0")))
                .isEqualTo(1L);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
