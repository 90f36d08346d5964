package com.kt.event.content.recommendation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/** Reads {@code ai:event:{eventDraftId}}, which the AI service writes, if it is at most a megabyte. */
@ApplicationScoped
public class RecommendationStore {
    /** In bytes. Twice the size of the longest texts that are used of a recommendation. */
    private static final int MAX_SIZE = 1_048_576;
    private static final int MAX_FIELDS = 1_000;
    /** The range includes one byte beyond the limit, which reveals a larger value. */
    private static final String FIRST = "0";
    private static final String LAST = Integer.toString(MAX_SIZE);

    private static final RedisScript READ = RedisScript.load("recommendation/read");

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final RecommendationReader reader;

    RecommendationStore(ReactiveRedisDataSource redis, RedisScripts scripts, RecommendationReader reader) {
        this.redis = redis;
        this.scripts = scripts;
        this.reader = reader;
    }

    /**
     * The draft's selected recommendation; empty if none is selected. Fails with
     * {@link UnreadableRecommendationException}.
     */
    public Uni<Optional<Recommendation>> find(String eventDraftId) {
        String key = key(eventDraftId);
        return redis.execute(Command.GETRANGE, key, FIRST, LAST)
                .map(this::readString)
                .onFailure(RedisFailures::isWrongType).recoverWithUni(() -> findHash(key));
    }

    /** Adds the command that reads the draft's recommendation if it is a string. */
    public void addFind(String eventDraftId, RedisBatch batch) {
        batch.add(Command.GETRANGE, key(eventDraftId), FIRST, LAST);
    }

    /** As {@link #find}, from the reply to {@link #addFind}. */
    public Optional<Recommendation> readString(Response value) {
        byte[] bytes = value.toBytes();
        if (bytes.length > MAX_SIZE) {
            throw tooLarge();
        }
        return reader.read(bytes);
    }

    /** Runs only after GETRANGE has failed, so that the usual case, a string, takes one command. */
    private Uni<Optional<Recommendation>> findHash(String key) {
        return scripts.read(READ, key, Integer.toString(MAX_FIELDS), Integer.toString(MAX_SIZE))
                .map(this::readHash)
                .onFailure(RedisFailures::isWrongType)
                .transform(wrongType -> new UnreadableRecommendationException("it is neither a string nor a hash"));
    }

    private Optional<Recommendation> readHash(Response fields) {
        if (fields == null) {
            throw tooLarge();
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            values.put(Utf8.decodeField(fields.get(i).toBytes()), fields.get(i + 1).toBytes());
        }
        return reader.readHash(values);
    }

    private static UnreadableRecommendationException tooLarge() {
        return new UnreadableRecommendationException("it is larger than a megabyte");
    }

    static String key(String eventDraftId) {
        return "ai:event:" + eventDraftId;
    }
}
