package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.TwoProviders;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.RedisTimeout;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/**
 * A rolling update: instances of a version that knows one provider, with the key {@code content:breaker} and the pauses of
 * {@code content.image-api.*}, run beside this one. Its scripts were the same.
 */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(TwoProviders.class)
@TestProfile(OlderInstanceTest.LongPauses.class)
class OlderInstanceTest extends BreakerStoreSuite {

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisScripts scripts;

    @Inject
    RedisTimeout timeout;

    public static class LongPauses extends WithoutWorker {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.worker.enabled", "false", "content.providers.main.pause", "30m",
                    "content.providers.main.longest-pause", "1h");
        }
    }

    /** What the older one writes when the provider refused calls, or the key. */
    @Test
    void pausesTheProviderOfThisOne() {
        BreakerStore own = store("content:breaker", Duration.ofMillis(200), Duration.ofSeconds(1));
        long until = System.currentTimeMillis() + 10_000;
        redis.value(String.class).psetex("content:breaker", 370_000,
                "{\"until\":" + until + ",\"length\":10000,\"why\":\"429\"}");
        assertThat(get(own.read()).status()).isEqualTo(Status.OPEN);

        redis.value(String.class).psetex("content:breaker", 370_000, "{\"until\":" + until
                + ",\"length\":10000,\"why\":\"401\",\"fault\":\"KEY\",\"saidAt\":" + (until - 10_000) + "}");
        assertThat(get(own.read()).fault()).isEqualTo(OperatorFault.KEY);
    }

    /** The pause of the first provider may be longer than any that the older one takes for sound. */
    @Test
    void isPausedByThisOne() {
        BreakerStore older = store("content:breaker", Duration.ofMillis(200), Duration.ofSeconds(1));

        get(breakers.of("main").open(CallFailure.of("503")));

        await().until(() -> redis.key().exists("content:breaker"));
        assertThat(get(older.read()).status()).isEqualTo(Status.OPEN);
        assertThat(get(older.read()).remaining()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(redis.value(String.class).get("content:breaker")).contains("\"until\":", "\"length\":200",
                "\"why\":\"503\"");
        assertThat(redis.key().pttl("content:breaker")).isBetween(1L, Duration.ofMinutes(7).toMillis());
        assertThat(get(breakers.store("main").read()).remaining()).isGreaterThan(Duration.ofMinutes(29));
    }

    private BreakerStore store(String key, Duration first, Duration longest) {
        return new BreakerStore(key, reactive, scripts, new Pauses(first, longest), timeout);
    }
}
