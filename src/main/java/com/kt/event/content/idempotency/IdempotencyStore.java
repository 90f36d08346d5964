package com.kt.event.content.idempotency;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.idempotency.KeyState.Outcome;
import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/**
 * Owns {@code content:idempotency:{key}}: the request that the key first came with, the id of the job that it is to start,
 * the attempt that holds the key, and finally the response. An entry lives for 24 hours.
 */
@ApplicationScoped
public class IdempotencyStore {
    private static final Logger LOG = Logger.getLogger(IdempotencyStore.class);

    private static final RedisScript TAKE = RedisScript.load("idempotency/take");
    private static final RedisScript RELEASE = RedisScript.load("idempotency/release");

    private static final Duration TTL = Duration.ofHours(24);

    /** Longer than any request waits for its response: an attempt that has held the key for so long is dead. */
    private static final Duration HOLD = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final JsonCodec json;
    private final ScheduledExecutorService timer;
    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));

    @RegisterForReflection
    record Entry(String request, Object answer) {
    }

    public IdempotencyStore(ReactiveRedisDataSource redis, RedisScripts scripts, JsonCodec json,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.scripts = scripts;
        this.json = json;
        this.timer = timer;
    }

    /**
     * Takes the key, waiting while another attempt holds it. Fails with {@link IdempotencyKeyReusedException} if the key came
     * with another request before, and with {@link LostResponseException} if its entry cannot be read.
     *
     * @param jobId of the job to start, if this is the first attempt
     */
    public Uni<KeyState> take(Attempt attempt, String jobId) {
        return tryToTake(attempt, jobId).chain(reply -> switch (reply.get(0).toString()) {
            case "TAKEN" -> Uni.createFrom().item(taken(Outcome.NEW, reply));
            case "TAKEN_OVER" -> Uni.createFrom().item(taken(Outcome.IN_DOUBT, reply));
            case "ANSWERED" -> Uni.createFrom().item(KeyState.answered(reply.get(1).toString()));
            case "HELD" -> Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(POLL_INTERVAL)
                    .chain(() -> take(attempt, jobId));
            case "OTHER_REQUEST" -> throw new IdempotencyKeyReusedException();
            default -> throw unreadable(attempt);
        });
    }

    private Uni<Response> tryToTake(Attempt attempt, String jobId) {
        return scripts
                .run(TAKE, redisKey(attempt), attempt.request(), jobId, attempt.holder(), millis(HOLD), millis(TTL))
                // Redis may have run the script all the same.
                .onFailure().call(() -> release(attempt))
                .onCancellation().invoke(() -> releaseInBackground(attempt));
    }

    private static KeyState taken(Outcome outcome, Response reply) {
        return KeyState.taken(outcome, reply.get(1).toString(), reply.get(2).toLong());
    }

    /** Stores the response, as JSON, and thereby frees the key. */
    public Uni<Void> remember(Attempt attempt, Object response) {
        return redis.execute(Command.SET, redisKey(attempt), json.write(new Entry(attempt.request(), response)), "PX",
                millis(TTL)).replaceWithVoid();
    }

    /**
     * Lets the next attempt with the key go on. Never fails: if Redis cannot be reached, the key is free once the hold has
     * expired.
     */
    public Uni<Void> release(Attempt attempt) {
        return release(attempt, false);
    }

    /** As {@link #release}, and deletes the entry; for an attempt that is known to have begun nothing. */
    public Uni<Void> forget(Attempt attempt) {
        return release(attempt, true);
    }

    /** As {@link #release}, for a caller that has gone away. */
    public void releaseInBackground(Attempt attempt) {
        release(attempt).subscribe().with(released -> {
        });
    }

    private Uni<Void> release(Attempt attempt, boolean beganNothing) {
        return scripts.run(RELEASE, redisKey(attempt), attempt.holder(), beganNothing ? "1" : "0")
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** Does what a request with a key does, without leaving anything in Redis, so that the first caller finds it warm. */
    public Uni<Void> warmUp(Object response) {
        String unused = UUID.randomUUID().toString();
        json.write(new Entry(unused, response));
        return forget(new Attempt(unused, unused, unused));
    }

    /** Logs that the key's entry cannot be read. The client chose the key, so the key itself stays out of the log. */
    public LostResponseException unreadable(Attempt attempt) {
        if (warnings.permits("unreadable")) {
            LOG.warnf(
                    "entry of an idempotency key of %d characters is unreadable, answering requests with the key by 409"
                            + " until the entry expires (further occurrences suppressed for a minute)",
                    attempt.key().length());
        }
        return new LostResponseException();
    }

    private static String redisKey(Attempt attempt) {
        return "content:idempotency:" + attempt.key();
    }
}
