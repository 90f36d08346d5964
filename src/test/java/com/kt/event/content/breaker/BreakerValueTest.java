package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.breaker.BreakerState.Status;
import com.kt.event.content.breaker.BreakerStore.ProbeReply;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Values that this version did not write. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class BreakerValueTest extends BreakerStoreSuite {
    /** The second value is the time to live in ms; -1 means that the key never expires. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"x | 300000", "`` | 300000", "{} | 300000", "[] | 300000",
                    "7 | 300000", "true | 300000", "null | 300000", "\"text\" | 300000", "{\"until\":1 | 300000",
                    "{\"until\":1e300,\"length\":1} | 300000", "{\"until\":1e300,\"length\":1} | -1",
                    "{\"until\":NOW,\"length\":1} | -1", "{\"until\":NOW,\"length\":1} | 999999999",
                    "{\"until\":\"NOW\",\"length\":1} | 300000", "{\"until\":null,\"length\":1} | 300000",
                    "{\"until\":NaN,\"length\":1} | 300000", "{\"until\":-1,\"length\":1} | 300000",
                    "{\"until\":NOW} | 300000", "{\"until\":NOW,\"length\":0} | 300000",
                    "{\"until\":NOW,\"length\":-5} | 300000", "{\"until\":NOW,\"length\":1e300} | 300000",
                    "{\"until\":NOW,\"length\":\"1\"} | 300000", "{\"until\":NOW,\"length\":[]} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":7,\"probeUntil\":1} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\"} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\",\"probeUntil\":1e300} | 300000",
                    "{\"until\":NOW,\"length\":1,\"probe\":\"a\",\"probeUntil\":{}} | 300000",
                    "[[[[{\"until\":NOW}]]]] | 300000", "\u0000\u0001 | 300000"})
    void isClosedWhenTheValueIsUnreadable(String value, long life) {
        Runnable write = () -> {
            String text = value.replace("NOW", Long.toString(System.currentTimeMillis() + 60_000));
            redis.value(String.class).set("content:breaker", text);
            if (life > 0) {
                redis.key().pexpire("content:breaker", life);
            }
        };

        isClosedAfter(write);
    }

    @Test
    void isClosedWhenTheKeyHoldsAnotherType() {
        isClosedAfter(() -> redis.list(String.class).lpush("content:breaker", "x"));
        isClosedAfter(() -> redis.hash(String.class).hset("content:breaker", "until", "1"));
        isClosedAfter(() -> redis.set(String.class).sadd("content:breaker", "x"));
        isClosedAfter(() -> redis.value(String.class).setex("content:breaker", 300, "9".repeat(100_000)));
        isClosedAfter(() -> redis.value(String.class).setex("content:breaker", 300, "[".repeat(50_000)));
    }

    private void isClosedAfter(Runnable write) {
        write.run();
        assertThat(get(store.read())).isEqualTo(BreakerState.CLOSED);
        assertThat(redis.key().exists("content:breaker")).as("deleted").isFalse();
        write.run();
        assertThat(get(store.probe("a", LEASE))).isEqualTo(ProbeReply.CLOSED);
        write.run();
        assertThat(get(store.close("a"))).isFalse();
        write.run();
        get(store.release("a"));
        write.run();
        assertThat(open(NO_RETRY_AFTER).remaining()).hasMillis(200);
        redis.flushall();
    }

    @Test
    void readsWhatOlderAndNewerVersionsWrite() {
        long until = System.currentTimeMillis() + 60_000;
        redis.value(String.class).psetex("content:breaker", 420_000,
                "{\"until\":" + until + ",\"length\":60000,\"why\":\"old\"}");
        assertThat(get(store.read()).status()).isEqualTo(Status.OPEN);

        redis.value(String.class).psetex("content:breaker", 360_000, "{\"until\":" + (until - 61_000)
                + ",\"length\":60000,\"fault\":\"WEATHER\",\"probe\":null,\"more\":{\"a\":[1]},\"until2\":1e300}");
        assertThat(get(store.read())).isEqualTo(BreakerState.halfOpen(null));
        assertThat(get(store.probe("a", LEASE))).isEqualTo(ProbeReply.GRANTED);
        assertThat(redis.value(String.class).get("content:breaker")).as("kept").contains("WEATHER", "more");
    }
}
