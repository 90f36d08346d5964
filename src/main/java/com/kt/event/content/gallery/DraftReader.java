package com.kt.event.content.gallery;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.RecommendationStore;
import com.kt.event.content.recommendation.UnreadableRecommendationException;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisPipeline;

import io.smallrye.mutiny.Uni;

/** Reads a draft's selected recommendation and its images, in one round trip. */
@ApplicationScoped
public class DraftReader {
    private final RecommendationStore recommendationStore;
    private final Gallery gallery;
    private final RedisPipeline pipeline;

    /** @param recommendation the selected one; empty if none is selected */
    public record Draft(Optional<Recommendation> recommendation, DraftImages images) {
    }

    DraftReader(RecommendationStore recommendationStore, Gallery gallery, RedisPipeline pipeline) {
        this.recommendationStore = recommendationStore;
        this.gallery = gallery;
        this.pipeline = pipeline;
    }

    /** Fails with {@link UnreadableRecommendationException}. */
    public Uni<Draft> find(String eventDraftId) {
        RedisBatch batch = new RedisBatch();
        recommendationStore.addFind(eventDraftId, batch);
        gallery.addFind(eventDraftId, batch);
        return pipeline.send(batch)
                .map(replies -> new Draft(recommendationStore.readString(replies.get(0)),
                        gallery.read(eventDraftId, replies.get(1))))
                .onFailure(RedisFailures::isWrongType).recoverWithUni(() -> findSeparately(eventDraftId));
    }

    /** As {@link #find}, but an unreadable recommendation counts as none. */
    public Uni<Draft> findReadable(String eventDraftId) {
        return find(eventDraftId).onFailure(UnreadableRecommendationException.class)
                .recoverWithUni(() -> gallery.find(eventDraftId).map(images -> new Draft(Optional.empty(), images)));
    }

    /** The recommendation may be a hash, and each of the two keys may have a type that it should not have. */
    private Uni<Draft> findSeparately(String eventDraftId) {
        return Uni.combine().all().unis(recommendationStore.find(eventDraftId), gallery.find(eventDraftId))
                .with(Draft::new);
    }
}
