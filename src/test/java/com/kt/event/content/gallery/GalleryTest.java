package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class GalleryTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Recommendation RECOMMENDATION = new Recommendation("비 오는 날엔 파전", null, null, null, null);
    private static final URI FIRST = URI.create("http://a/first.png");
    private static final URI SECOND = URI.create("http://a/second.png");

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisDataSource redis;

    @Inject
    ObjectMapper json;

    @Inject
    GalleryConfig config;

    private final String draft = "draft-" + UUID.randomUUID();

    @Test
    void hangsOnePicturePerStyleTheNewestOne() {
        get(at(NOON).add(draft, Style.SIMPLE, FIRST, "job-1", RECOMMENDATION));
        get(at(NOON).add(draft, Style.FANCY, FIRST, "job-1", RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).add(draft, Style.SIMPLE, SECOND, "job-2", RECOMMENDATION));

        assertThat(get(at(NOON.plusSeconds(9)).find(draft))).containsOnlyKeys(Style.SIMPLE, Style.FANCY)
                .containsEntry(Style.SIMPLE, new GalleryPicture(SECOND, "job-2", NOON.plusSeconds(9),
                        NOON.plusSeconds(9).plus(Duration.ofDays(7))));
    }

    @Test
    void showsNoPictureWhoseLinkHasExpired() {
        get(at(NOON).add(draft, Style.SIMPLE, FIRST, "job-1", RECOMMENDATION));
        get(at(NOON.plusSeconds(60)).add(draft, Style.FANCY, SECOND, "job-2", RECOMMENDATION));

        assertThat(get(at(NOON.plus(Duration.ofDays(7))).find(draft))).containsOnlyKeys(Style.FANCY);
    }

    @Test
    void remembersWhatThePicturesWereMadeFromForAsLongAsTheyHang() {
        get(at(NOON).add(draft, Style.SIMPLE, FIRST, "job-1", RECOMMENDATION));

        assertThat(redis.hash(String.class).hget("content:image:" + draft, "recommendation")).contains("비 오는 날엔 파전");
        assertThat(redis.key().ttl("content:image:" + draft)).isBetween(604_790L, 604_800L);
    }

    @Test
    void hangsOnePicturePerJobTheFirstOne() {
        get(at(NOON).add(draft, Style.SIMPLE, FIRST, "job-1", RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).add(draft, Style.SIMPLE, FIRST, "job-1", RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).get(Style.SIMPLE).createdAt()).isEqualTo(NOON);
    }

    @Test
    void adoptsALatePictureOnlyWhereThereIsNone() {
        get(at(NOON).adopt(draft, Style.SIMPLE, FIRST, "late", RECOMMENDATION));
        get(at(NOON).add(draft, Style.FANCY, FIRST, "job-1", RECOMMENDATION));
        get(at(NOON).adopt(draft, Style.FANCY, SECOND, "late", RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).get(Style.SIMPLE).jobId()).isEqualTo("late");
        assertThat(get(at(NOON).find(draft)).get(Style.FANCY).jobId()).isEqualTo("job-1");
    }

    @Test
    void isEmptyForADraftThatNobodyDrew() {
        assertThat(get(at(NOON).find(draft))).isEmpty();
    }

    private Gallery at(Instant now) {
        return new Gallery(reactive, json, config, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(5));
    }
}
