package com.kt.event.content.recommendation;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;

/** Reads what the AI service wrote to {@code ai:event:{eventDraftId}}. */
@ApplicationScoped
public class RecommendationStore {
    private final ReactiveValueCommands<String, String> values;
    private final ReactiveHashCommands<String, String, String> hashes;
    private final RecommendationReader reader;

    RecommendationStore(ReactiveRedisDataSource redis, RecommendationReader reader) {
        this.values = redis.value(String.class);
        this.hashes = redis.hash(String.class);
        this.reader = reader;
    }

    /**
     * The draft's selected recommendation; empty where none is selected. Fails with
     * {@link UnreadableRecommendationException}.
     */
    public Uni<Optional<Recommendation>> find(String eventDraftId) {
        String key = key(eventDraftId);
        return values.get(key)
                .map(value -> value == null ? Optional.<Recommendation>empty() : reader.read(value))
                .onFailure(RecommendationStore::holdsAnotherType).recoverWithUni(() -> findHash(key));
    }

    /** Asked only after a GET was refused, so that the usual case, a string, costs one command. */
    private Uni<Optional<Recommendation>> findHash(String key) {
        return hashes.hgetall(key).map(reader::read)
                .onFailure(RecommendationStore::holdsAnotherType)
                .transform(wrongType -> new UnreadableRecommendationException("it is neither a string nor a hash"));
    }

    static String key(String eventDraftId) {
        return "ai:event:" + eventDraftId;
    }

    private static boolean holdsAnotherType(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("WRONGTYPE");
    }
}
