package com.kt.event.content.ratelimit;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.RedisTimeout;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * Owns {@code content:calls:{provider}}, the calls of a provider that all instances count together. All times are by Redis's
 * clock. src/docs/architecture.md describes the fields. Commands fail after {@link RedisTimeout#breaker}.
 */
@ApplicationScoped
class CallStore {
    /** How long what a response taught counts. */
    static final Duration LEARNED = Duration.ofMinutes(10);
    /** After this time a call that is not renewed counts as ended: its instance is gone. */
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LIFE = LEARNED.plusMinutes(1);

    private static final RedisScript ACQUIRE = RedisScript.load("ratelimit/acquire");
    private static final RedisScript LEARN = RedisScript.load("ratelimit/learn");
    private static final RedisScript RENEW = RedisScript.load("ratelimit/renew");
    private static final RedisScript RESUME = RedisScript.load("ratelimit/resume");
    private static final String ASK_ONLY = "";

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final RedisTimeout timeout;

    enum Outcome {
        GRANTED,
        /** Not before a time. */
        LIMITED,
        /** Not before another call ends. */
        BUSY
    }

    /**
     * The reply to a request for a call.
     *
     * @param remaining how long none can be granted; zero unless LIMITED
     * @param learned for how long a limit is known from responses
     */
    record Reply(Outcome outcome, Duration remaining, Duration learned) {
    }

    CallStore(ReactiveRedisDataSource redis, RedisScripts scripts, RedisTimeout timeout) {
        this.redis = redis;
        this.scripts = scripts;
        this.timeout = timeout;
    }

    /** Counts a call, if the limits leave room for it. */
    Uni<Reply> acquire(String provider, String id, CallLimits limits) {
        return timeout.breaker(scripts.run(ACQUIRE, key(provider), id, Integer.toString(limits.perMinute()),
                Integer.toString(limits.atATime()), millis(LEASE), millis(LIFE)))
                .map(reply -> new Reply(Outcome.valueOf(reply.get(0).toString()),
                        Duration.ofMillis(reply.get(1).toLong()), Duration.ofMillis(reply.get(2).toLong())));
    }

    /** What {@link #acquire} would reply. */
    Uni<Reply> ask(String provider, CallLimits limits) {
        return acquire(provider, ASK_ONLY, limits);
    }

    /** Counts a call that is under way already. */
    Uni<Void> resume(String provider, String id) {
        return timeout.breaker(scripts.run(RESUME, key(provider), id, millis(LEASE), millis(LIFE))).replaceWithVoid();
    }

    /** The call has ended. */
    Uni<Void> release(String provider, String id) {
        return timeout.breaker(redis.execute(Command.HDEL, key(provider), "open:" + id)).replaceWithVoid();
    }

    /** The calls are still under way. */
    Uni<Void> renew(String provider, Collection<String> ids) {
        String[] args = Stream.concat(Stream.of(millis(LEASE), millis(LIFE)), ids.stream()).toArray(String[]::new);
        return timeout.breaker(scripts.run(RENEW, key(provider), args)).replaceWithVoid();
    }

    Uni<Void> learn(String provider, Lesson lesson) {
        return timeout.breaker(scripts.run(LEARN, key(provider), Integer.toString(lesson.limit()),
                lesson.remaining() < 0 ? "" : Integer.toString(lesson.remaining()), millis(lesson.pause()),
                millis(lesson.interval()), millis(LEARNED), millis(LIFE))).replaceWithVoid();
    }

    static String key(String provider) {
        return "content:calls:" + provider;
    }
}
