package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.gallery.DraftReader.Draft;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.UnreadableRecommendationException;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** Both keys of a draft in one read, whatever is in them. */
@QuarkusTest
@WithTestResource(StandIns.class)
class DraftReaderTest {
    private static final String TEXT = "{\"eventTitle\":\"Spring\"}";
    private static final String IMAGE = "{\"imageUrl\":\"http://a\",\"jobId\":\"job-1\",\"createdAt\":\"2026-11-26T00:00:00Z\","
            + "\"expiresAt\":\"2100-01-01T00:00:00Z\",\"jobCreatedAt\":1000,\"madeFrom\":\"f\"}";

    @Inject
    DraftReader drafts;

    @Inject
    RedisDataSource redis;

    private final String draft = "draft-" + UUID.randomUUID();
    private final String recommendation = "ai:event:" + draft;
    private final String images = "content:image:" + draft;

    @Test
    void findsNothingOfAnUnknownDraft() {
        assertThat(get(drafts.find(draft)).recommendation()).isEmpty();
        assertThat(get(drafts.find(draft)).images().isEmpty()).isTrue();
    }

    @Test
    void findsTheRecommendationAndTheImages() {
        redis.value(String.class).set(recommendation, TEXT);
        redis.hash(String.class).hset(images, "simple", IMAGE);

        isFound(get(drafts.find(draft)));
    }

    @Test
    void findsARecommendationThatIsAHash() {
        redis.hash(String.class).hset(recommendation, "eventTitle", "Spring");
        redis.hash(String.class).hset(images, "simple", IMAGE);

        isFound(get(drafts.find(draft)));
    }

    private static void isFound(Draft found) {
        assertThat(found.recommendation()).map(Recommendation::eventTitle).contains("Spring");
        assertThat(found.images().images()).hasSize(1);
    }

    @Test
    void findsTheRecommendationThoughTheImagesAreNoHash() {
        redis.value(String.class).set(recommendation, TEXT);
        redis.value(String.class).set(images, "x");

        Draft found = get(drafts.find(draft));

        assertThat(found.recommendation()).isPresent();
        assertThat(found.images().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET %s {", "RPUSH %s x"})
    void findsTheImagesThoughTheRecommendationIsUnreadable(String command) {
        String[] words = command.formatted(recommendation).split(" ");
        redis.execute(words[0], words[1], words[2]);
        redis.hash(String.class).hset(images, "simple", IMAGE);

        assertThatThrownBy(() -> get(drafts.find(draft))).isInstanceOf(UnreadableRecommendationException.class);
        Draft found = get(drafts.findReadable(draft));

        assertThat(found.recommendation()).isEmpty();
        assertThat(found.images().images()).hasSize(1);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
