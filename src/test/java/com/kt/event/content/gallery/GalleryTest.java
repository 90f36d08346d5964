package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisScripts;

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
    private static final Recommendation OTHER = new Recommendation("눈 오는 날엔 호떡", null, null, null, null);
    private static final URI FIRST = URI.create("http://a/first.png");
    private static final URI SECOND = URI.create("http://a/second.png");

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisDataSource redis;

    @Inject
    JsonCodec json;

    @Inject
    GalleryConfig config;

    private final String draft = "draft-" + UUID.randomUUID();

    @Test
    void hangsOneImagePerStyleTheNewestOne() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Style.FANCY, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).publish(draft, Style.SIMPLE, SECOND, "job-2", NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plusSeconds(9)).find(draft)).images()).containsOnlyKeys(Style.SIMPLE, Style.FANCY)
                .containsEntry(Style.SIMPLE, new GalleryImage(SECOND, "job-2", NOON.plusSeconds(9),
                        NOON.plusSeconds(9).plus(Duration.ofDays(7)), NOON.toEpochMilli(),
                        RECOMMENDATION.fingerprint()));
    }

    @Test
    void showsNoImageWhoseLinkHasExpired() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(60)).publish(draft, Style.FANCY, SECOND, "job-2", NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plus(Duration.ofDays(7))).find(draft)).images()).containsOnlyKeys(Style.FANCY);
    }

    @Test
    void remembersWhatTheImagesWereMadeFromForAsLongAsTheyHang() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));

        assertThat(redis.hash(String.class).hget("content:image:" + draft, "recommendation")).contains("비 오는 날엔 파전");
        assertThat(redis.key().ttl("content:image:" + draft)).isBetween(604_790L, 604_800L);
    }

    @Test
    void hangsOneImagePerJobTheFirstOne() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).createdAt()).isEqualTo(NOON);
    }

    @Test
    void adoptsALateImageOnlyWhereThereIsNone() {
        get(at(NOON).publishIfAbsent(draft, Style.SIMPLE, FIRST, "late", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Style.FANCY, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publishIfAbsent(draft, Style.FANCY, SECOND, "late", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("late");
        assertThat(get(at(NOON).find(draft)).images().get(Style.FANCY).jobId()).isEqualTo("job-1");
    }

    @Test
    void doesNotReplaceTheNewerJobsImageWithALateOne() {
        get(at(NOON).publish(draft, Style.SIMPLE, SECOND, "newer", NOON.plusSeconds(1), RECOMMENDATION));
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "older", NOON, OTHER));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("newer");
        assertThat(get(at(NOON).find(draft)).recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void knowsWhatEachImageWasMadeFrom() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, OTHER));
        get(at(NOON).publish(draft, Style.FANCY, SECOND, "job-2", NOON, RECOMMENDATION));

        DraftImages images = get(at(NOON).find(draft));

        assertThat(images.links(RECOMMENDATION, NOON)).containsExactly(entry(Style.FANCY, SECOND.toString()));
        assertThat(images.links(OTHER, NOON)).containsExactly(entry(Style.SIMPLE, FIRST.toString()));
        assertThat(images.links(OTHER, NOON.plus(Duration.ofDays(8)))).isEmpty();
        assertThat(images.recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void takesDownOnlyWhatItIsToldTo() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Style.FANCY, SECOND, "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE, Style.TRENDY))))
                .extracting(GalleryImage::imageUrl).containsExactly(FIRST);
        assertThat(get(at(NOON).find(draft)).images()).containsOnlyKeys(Style.FANCY);
        assertThat(get(at(NOON).find(draft)).recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void forgetsTheDraftWithItsLastImage() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));

        get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE)));

        assertThat(redis.key().exists("content:image:" + draft)).isFalse();
        assertThat(get(at(NOON).remove(draft, EnumSet.allOf(Style.class)))).isEmpty();
    }

    // --- what others left in the record

    @ParameterizedTest
    @MethodSource("unreadableImages")
    void leavesOutTheImageThatItCannotRead(String value) {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        redis.hash(String.class).hset("content:image:" + draft, "fancy", value);

        DraftImages found = get(at(NOON).find(draft));

        assertThat(found.images()).containsOnlyKeys(Style.SIMPLE);
        assertThat(found.recommendation()).contains(RECOMMENDATION);
        assertThat(found.links(RECOMMENDATION, NOON)).containsOnlyKeys(Style.SIMPLE);
    }

    @ParameterizedTest
    @MethodSource("unreadableImages")
    void putsAImageInThePlaceOfWhatItCannotRead(String value) {
        for (Style style : List.of(Style.SIMPLE, Style.FANCY)) {
            redis.hash(String.class).hset("content:image:" + draft, style.key(), value);
        }

        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publishIfAbsent(draft, Style.FANCY, SECOND, "late", NOON, RECOMMENDATION));

        Map<Style, GalleryImage> images = get(at(NOON).find(draft)).images();
        assertThat(images.get(Style.SIMPLE).imageUrl()).isEqualTo(FIRST);
        assertThat(images.get(Style.FANCY).imageUrl()).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @MethodSource("unreadableImages")
    void takesDownWhatItCannotRead(String value) {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        redis.hash(String.class).hset("content:image:" + draft, "fancy", value);

        assertThat(get(at(NOON).findAll(draft, EnumSet.allOf(Style.class)))).hasSize(1);
        assertThat(get(at(NOON).remove(draft, EnumSet.allOf(Style.class)))).extracting(GalleryImage::imageUrl)
                .containsExactly(FIRST);
        assertThat(redis.key().exists("content:image:" + draft)).isFalse();
    }

    static List<String> unreadableImages() {
        String rest = "\"jobId\":\"other\",\"createdAt\":\"2026-11-22T12:00:00Z\",";
        String until = "\"expiresAt\":\"2026-11-29T12:00:00Z\"";
        return List.of("{bad", "", "5", "null", "\"x\"", "[]", "[1]", "true", "{}",
                "{\"imageUrl\":null," + rest + until + "}",
                "{\"imageUrl\":\"http://a/x.png\"," + rest.substring(0, rest.length() - 1) + "}",
                "{\"imageUrl\":\"http://a/x.png\"," + rest + "\"expiresAt\":null}",
                "{\"imageUrl\":{}," + rest + until + "}", "[".repeat(2_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1795000000000\"", "\"x\"", "1e300", "-1e300", "9223372036854775807", "null", "{}"})
    void isNotKeptFromHangingAImageByAnImpossibleTimeOfAnother(String jobCreatedAt) {
        redis.hash(String.class).hset("content:image:" + draft, "simple", "{\"imageUrl\":\"http://a/x.png\","
                + "\"jobId\":\"other\",\"createdAt\":\"2026-11-22T12:00:00Z\",\"expiresAt\":\"2026-11-29T12:00:00Z\","
                + "\"jobCreatedAt\":" + jobCreatedAt + "}");

        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).imageUrl()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "5", "null", "[]", "{}", "\"x\""})
    void showsTheImagesThoughItCannotReadWhatTheyWereMadeFrom(String recommendation) {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        redis.hash(String.class).hset("content:image:" + draft, "recommendation", recommendation);

        assertThat(get(at(NOON).find(draft)).images()).containsOnlyKeys(Style.SIMPLE);
        assertThat(get(at(NOON).find(draft)).recommendation()).isEmpty();
    }

    @Test
    void hasNoPicturesWhereTheKeyIsAnothersAndFreesItWhenTheyAreDeleted() {
        redis.list(String.class).rpush("content:image:" + draft, "x");

        assertThat(get(at(NOON).find(draft)).isEmpty()).isTrue();
        assertThat(get(at(NOON).find(draft)).recommendation()).isEmpty();
        assertThatThrownBy(() -> get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION)))
                .matches(RedisFailures::isFinal);
        assertThat(get(at(NOON).findAll(draft, EnumSet.of(Style.SIMPLE)))).isEmpty();
        assertThat(get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE)))).isEmpty();

        assertThat(redis.key().exists("content:image:" + draft)).isFalse();
    }

    @Test
    void adoptsALateImageInPlaceOfOneThatHasExpired() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        Instant later = NOON.plus(Duration.ofDays(7));

        get(at(later.minusSeconds(1)).publishIfAbsent(draft, Style.SIMPLE, SECOND, "late", NOON, RECOMMENDATION));
        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("job-1");

        get(at(later).publishIfAbsent(draft, Style.SIMPLE, SECOND, "late", NOON, RECOMMENDATION));
        assertThat(get(at(later).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("late");
    }

    @Test
    void findsExpiredImagesTooForWhoeverDeletesThem() {
        get(at(NOON).publish(draft, Style.SIMPLE, FIRST, "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Style.FANCY, SECOND, "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plus(Duration.ofDays(8))).findAll(draft, EnumSet.of(Style.SIMPLE))))
                .extracting(GalleryImage::imageUrl).containsExactly(FIRST);
    }

    @Test
    void isEmptyForADraftThatNobodyDrew() {
        assertThat(get(at(NOON).find(draft)).isEmpty()).isTrue();
    }

    private Gallery at(Instant now) {
        return new Gallery(reactive, new RedisScripts(reactive), json, config, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PatientAwaitility.LIMIT);
    }
}
