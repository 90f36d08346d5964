package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.kt.event.content.redis.LuaScriptCases.Case;

import redis.clients.jedis.Jedis;

/** The effect of the scripts that count the calls of a provider. */
final class RateLimitScriptCases {
    private static final String CALLS = "content:calls:main";
    private static final String ACQUIRE = "ratelimit/acquire";
    private static final String LEARN = "ratelimit/learn";
    private static final String RENEW = "ratelimit/renew";
    private static final String RESUME = "ratelimit/resume";

    private RateLimitScriptCases() {
    }

    static Stream<Case> all() {
        return Stream.of(acquire(), invalid(), learn(), renew()).flatMap(cases -> cases);
    }

    private static Stream<Case> acquire() {
        return Stream.of(
                new Case(ACQUIRE, CALLS, "call", "2", "0", "30000", "660000").answers("GRANTED\n0\n0")
                        .then(redis -> assertThat(redis.pttl(CALLS)).isBetween(1L, 660_000L)),
                new Case(ACQUIRE, CALLS, "", "2", "0", "30000", "660000").answers("GRANTED\n0\n0")
                        .then(redis -> assertThat(redis.exists(CALLS)).isFalse()),
                new Case(ACQUIRE, CALLS, "call", "2", "0", "30000", "660000").given(called(2, 30))
                        .answers("LIMITED\n3[23]\\d{3}\n0"),
                new Case(ACQUIRE, CALLS, "call", "3", "0", "30000", "660000").given(called(2, 30))
                        .answers("GRANTED\n0\n0"),
                new Case(ACQUIRE, CALLS, "call", "2", "0", "30000", "660000").given(called(2, 63))
                        .answers("GRANTED\n0\n0").then(redis -> assertThat(redis.hlen(CALLS)).isEqualTo(1)),
                new Case(ACQUIRE, CALLS, "call", "0", "1", "30000", "660000").answers("GRANTED\n0\n0")
                        .then(redis -> assertThat(redis.hexists(CALLS, "open:call")).isTrue()),
                new Case(ACQUIRE, CALLS, "call", "0", "1", "30000", "660000").given(open(20_000)).answers("BUSY\n0\n0"),
                new Case(ACQUIRE, CALLS, "call", "0", "1", "30000", "660000").given(open(-1)).answers("GRANTED\n0\n0"),
                new Case(ACQUIRE, CALLS, "call", "6", "1", "30000", "660000").given(in("due", 9_000))
                        .answers("LIMITED\n[89]\\d{3}\n0"),
                new Case(ACQUIRE, CALLS, "call", "6", "2", "30000", "660000").given(in("due", 9_000))
                        .answers("GRANTED\n0\n0"),
                new Case(ACQUIRE, CALLS, "call", "0", "0", "30000", "660000")
                        .given(called(5, 3).andThen(learned("limit", 5)))
                        .answers("LIMITED\n(59|60)\\d{3}\n\\d{6}"),
                new Case(ACQUIRE, CALLS, "call", "0", "0", "30000", "660000").given(in("pausedUntil", 5_000))
                        .answers("LIMITED\n\\d{4}\n\\d{4}"),
                new Case(ACQUIRE, CALLS, "call", "0", "0", "30000", "660000")
                        .given(in("due", 5_000).andThen(learned("interval", 9_000)))
                        .answers("LIMITED\n\\d{4}\n\\d{6}"));
    }

    /** What another has written. */
    private static Stream<Case> invalid() {
        return Stream.of(
                new Case(ACQUIRE, CALLS, "call", "2", "1", "30000", "660000").given(redis -> redis.set(CALLS, "x"))
                        .answers("GRANTED\n0\n0"),
                new Case(ACQUIRE, CALLS, "call", "2", "1", "30000", "660000").given(redis -> redis.hset(CALLS, Map.of(
                        "due", "x", "second:x", "y", "pausedUntil", "9999999999999", "open:other", "9999999999999",
                        "second:9999999999", "2", "limit", "x", "limitUntil", "")))
                        .answers("GRANTED\n0\n0"),
                new Case(LEARN, CALLS, "5", "2", "0", "0", "600000", "660000").given(redis -> redis.set(CALLS, "x"))
                        .answers("3"));
    }

    private static Stream<Case> learn() {
        return Stream.of(
                new Case(LEARN, CALLS, "5", "2", "0", "0", "600000", "660000").given(called(2, 3)).answers("1")
                        .then(redis -> assertThat(redis.hgetAll(CALLS)).containsEntry("limit", "5")
                                .containsKey("limitUntil")),
                new Case(LEARN, CALLS, "5", "4", "0", "0", "600000", "660000").given(called(2, 3)).answers("0"),
                new Case(LEARN, CALLS, "500", "300", "0", "0", "600000", "660000").given(learned("limit", 5))
                        .answers("0")
                        .then(redis -> assertThat(redis.hget(CALLS, "limit")).isEqualTo("5")),
                new Case(LEARN, CALLS, "500", "499", "0", "0", "600000", "660000")
                        .given(learned("limit", 5).andThen(in("limitUntil", -1))).answers("1")
                        .then(redis -> assertThat(redis.hget(CALLS, "limit")).isEqualTo("500")),
                new Case(LEARN, CALLS, "0", "", "7000", "0", "600000", "660000").answers("0")
                        .then(redis -> assertThat(redis.hget(CALLS, "pausedUntil")).matches("\\d{13}")),
                new Case(LEARN, CALLS, "0", "", "0", "9000", "600000", "660000").answers("0")
                        .then(redis -> assertThat(redis.hgetAll(CALLS)).containsEntry("interval", "9000")
                                .containsKeys("intervalUntil", "due")),
                new Case(LEARN, CALLS, "0", "", "0", "9000", "600000", "660000").given(learned("interval", 12_000))
                        .answers("0").then(redis -> assertThat(redis.hget(CALLS, "interval")).isEqualTo("12000")));
    }

    private static Stream<Case> renew() {
        return Stream.of(
                new Case(RENEW, CALLS, "30000", "660000", "other", "released").given(open(1_000)).answers("1")
                        .then(redis -> assertThat(Long.parseLong(redis.hget(CALLS, "open:other")))
                                .isGreaterThan(System.currentTimeMillis() + 20_000)),
                new Case(RENEW, CALLS, "30000", "660000", "other").answers("0"),
                new Case(RESUME, CALLS, "call", "30000", "660000").given(open(1_000)).answers("1")
                        .then(redis -> assertThat(redis.hkeys(CALLS)).contains("open:call", "open:other")),
                new Case(RESUME, CALLS, "call", "30000", "660000").given(redis -> redis.set(CALLS, "x")).answers("1")
                        .then(redis -> assertThat(redis.pttl(CALLS)).isBetween(1L, 660_000L)));
    }

    private static Consumer<Jedis> called(int times, int secondsAgo) {
        return redis -> redis.hset(CALLS, "second:" + (Long.parseLong(redis.time().get(0)) - secondsAgo),
                Integer.toString(times));
    }

    private static Consumer<Jedis> open(int millis) {
        return in("open:other", millis);
    }

    private static Consumer<Jedis> in(String field, int millis) {
        return redis -> redis.hset(CALLS, field, Long.toString(System.currentTimeMillis() + millis));
    }

    private static Consumer<Jedis> learned(String field, int value) {
        return in(field + "Until", 300_000).andThen(redis -> redis.hset(CALLS, field, Integer.toString(value)));
    }
}
