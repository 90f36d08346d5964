package com.kt.event.content.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * Remembers the first answer to a request that carries a key, {@code content:idempotency:{key}}, so that whoever did not
 * hear it can ask again. Only a job that was accepted is remembered: what went wrong may be tried again.
 */
@ApplicationScoped
class IdempotencyStore {
    private static final Duration LIFE = Duration.ofHours(24);

    /** Longer than any request waits for its answer; then the one that was to give it is gone. */
    private static final Duration UNTIL_IT_IS_ANSWERED = Duration.ofSeconds(10);
    private static final Duration NEXT_LOOK = Duration.ofMillis(20);

    /**
     * Takes the key, for ARGV[2] ms, unless it is taken. KEYS[1] the key; ARGV[1] the request. Answers nothing where it is
     * taken now, else what was there.
     */
    private static final String TAKE = """
            local there = redis.call('GET', KEYS[1])
            if there then return there end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return false
            """;

    private final ReactiveRedisDataSource redis;
    private final ObjectMapper json;
    private final ScheduledExecutorService timer;

    /** @param answer null while it is being worked on */
    @RegisterForReflection
    record Entry(String request, JobAccepted answer) {
    }

    /** @param replayed whether it had been given before */
    record Answer(JobAccepted job, boolean replayed) {
    }

    IdempotencyStore(ReactiveRedisDataSource redis, ObjectMapper json,
            @Identifier("time-limits") ScheduledExecutorService timer) {
        this.redis = redis;
        this.json = json;
        this.timer = timer;
    }

    /**
     * Does the work where the key is new, and else answers what that answered, waiting for it where need be. Fails with
     * {@link IdempotencyKeyReusedException} where the key came with another request.
     */
    Uni<Answer> once(String key, String request, Uni<JobAccepted> work) {
        return take(key, request).chain(there -> {
            if (there.isEmpty()) {
                return first(key, request, work);
            }
            if (!there.get().request().equals(request)) {
                throw new IdempotencyKeyReusedException();
            }
            return there.get().answer() == null
                    ? Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(NEXT_LOOK)
                            .chain(() -> once(key, request, work))
                    : Uni.createFrom().item(new Answer(there.get().answer(), true));
        });
    }

    private Uni<Answer> first(String key, String request, Uni<JobAccepted> work) {
        return work
                .call(answer -> redis.execute(Command.SET, key(key), write(new Entry(request, answer)), "PX",
                        Long.toString(LIFE.toMillis())))
                .map(answer -> new Answer(answer, false))
                .onFailure().call(() -> forget(key))
                .onCancellation().invoke(() -> forget(key).subscribe().with(done -> {
                }));
    }

    private Uni<Optional<Entry>> take(String key, String request) {
        return redis.execute(Command.EVAL, TAKE, "1", key(key), write(new Entry(request, null)),
                Long.toString(UNTIL_IT_IS_ANSWERED.toMillis()))
                .map(there -> there == null ? Optional.empty() : Optional.of(read(there.toString())));
    }

    /** Where Redis does not hear of it, the key is free again in seconds. */
    private Uni<Void> forget(String key) {
        return redis.execute(Command.DEL, key(key)).onFailure().recoverWithNull().replaceWithVoid();
    }

    private static String key(String key) {
        return "content:idempotency:" + key;
    }

    private String write(Entry entry) {
        try {
            return json.writeValueAsString(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry read(String value) {
        try {
            return json.readValue(value, Entry.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
