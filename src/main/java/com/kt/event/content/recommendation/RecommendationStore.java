package com.kt.event.content.recommendation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisFailures;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/** Reads what the AI service wrote to {@code ai:event:{eventDraftId}}, as far as it is small enough to be read whole. */
@ApplicationScoped
public class RecommendationStore {
    /** In bytes, twice what the longest texts that are kept of it take. */
    private static final int MAX_SIZE = 1_048_576;
    private static final int MAX_FIELDS = 1_000;

    /** KEYS[1] as a hash; nothing where it has more than ARGV[1] fields, or all of them more than ARGV[2] bytes. */
    private static final String HASH = """
            if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[1]) then return false end
            local size = 0
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              size = size + #field + redis.call('HSTRLEN', KEYS[1], field)
            end
            if size > tonumber(ARGV[2]) then return false end
            return redis.call('HGETALL', KEYS[1])
            """;

    private final ReactiveRedisDataSource redis;
    private final RecommendationReader reader;

    RecommendationStore(ReactiveRedisDataSource redis, RecommendationReader reader) {
        this.redis = redis;
        this.reader = reader;
    }

    /**
     * The draft's selected recommendation; empty where none is selected. Fails with
     * {@link UnreadableRecommendationException}.
     */
    public Uni<Optional<Recommendation>> find(String eventDraftId) {
        String key = key(eventDraftId);
        // One byte more than is taken shows that there is more.
        return redis.execute(Command.GETRANGE, key, "0", Integer.toString(MAX_SIZE))
                .map(this::readString)
                .onFailure(RedisFailures::isWrongType).recoverWithUni(() -> findHash(key));
    }

    private Optional<Recommendation> readString(Response value) {
        byte[] bytes = value.toBytes();
        if (bytes.length > MAX_SIZE) {
            throw tooLarge();
        }
        return reader.read(bytes);
    }

    /** Asked only after the string was refused, so that the usual case, a string, costs one command. */
    private Uni<Optional<Recommendation>> findHash(String key) {
        return script(Command.EVAL_RO, key)
                .onFailure(RecommendationStore::isUnknownCommand).recoverWithUni(() -> script(Command.EVAL, key))
                .map(this::readHash)
                .onFailure(RedisFailures::isWrongType)
                .transform(wrongType -> new UnreadableRecommendationException("it is neither a string nor a hash"));
    }

    /** A user who may only read the key may run it as EVAL_RO alone, which Redis has since version 7. */
    private Uni<Response> script(Command eval, String key) {
        return redis.execute(eval, HASH, "1", key, Integer.toString(MAX_FIELDS), Integer.toString(MAX_SIZE));
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

    private static boolean isUnknownCommand(Throwable failure) {
        return failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains("unknown command");
    }

    static String key(String eventDraftId) {
        return "ai:event:" + eventDraftId;
    }
}
