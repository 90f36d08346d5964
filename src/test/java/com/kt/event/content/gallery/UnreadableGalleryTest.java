package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Values in the record that this version did not write and cannot read. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class UnreadableGalleryTest extends GallerySuite {
    @ParameterizedTest
    @MethodSource("unreadableImages")
    void leavesOutTheImageThatItCannotRead(String value) {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        redis.hash(String.class).hset("content:image:" + draft, "fancy", value);

        DraftImages found = get(at(NOON).find(draft));

        assertThat(found.images()).containsOnlyKeys(Style.SIMPLE);
        assertThat(found.recommendation()).contains(RECOMMENDATION);
        assertThat(found.reusable(RECOMMENDATION, NOON)).containsOnlyKeys(Style.SIMPLE);
    }

    @ParameterizedTest
    @MethodSource("unreadableImages")
    void replacesWhatItCannotReadByAnImage(String value) {
        for (Style style : List.of(Style.SIMPLE, Style.FANCY)) {
            redis.hash(String.class).hset("content:image:" + draft, style.key(), value);
        }

        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publishIfAbsent(draft, Map.of(Style.FANCY, kept(SECOND, NOON)), "late", NOON, RECOMMENDATION));

        Map<Style, GalleryImage> images = get(at(NOON).find(draft)).images();
        assertThat(images.get(Style.SIMPLE).imageUrl()).isEqualTo(FIRST);
        assertThat(images.get(Style.FANCY).imageUrl()).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @MethodSource("unreadableImages")
    void removesWhatItCannotRead(String value) {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
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
    void publishesAnImageInPlaceOfOneWithAnImpossibleTime(String jobCreatedAt) {
        redis.hash(String.class).hset("content:image:" + draft, "simple", "{\"imageUrl\":\"http://a/x.png\","
                + "\"jobId\":\"other\",\"createdAt\":\"2026-11-22T12:00:00Z\",\"expiresAt\":\"2026-11-29T12:00:00Z\","
                + "\"jobCreatedAt\":" + jobCreatedAt + "}");

        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).imageUrl()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "5", "null", "[]", "{}", "\"x\""})
    void showsTheImagesThoughItCannotReadWhatTheyWereMadeFrom(String recommendation) {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        redis.hash(String.class).hset("content:image:" + draft, "recommendation", recommendation);

        assertThat(get(at(NOON).find(draft)).images()).containsOnlyKeys(Style.SIMPLE);
        assertThat(get(at(NOON).find(draft)).recommendation()).isEmpty();
    }

    @Test
    void hasNoImagesIfTheKeyHasAnotherTypeAndDeletesTheKeyWithThem() {
        redis.list(String.class).rpush("content:image:" + draft, "x");

        assertThat(get(at(NOON).find(draft)).isEmpty()).isTrue();
        assertThat(get(at(NOON).find(draft)).recommendation()).isEmpty();
        assertThatThrownBy(
                () -> get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON,
                        RECOMMENDATION)))
                .matches(RedisFailures::isFinal);
        assertThat(get(at(NOON).findAll(draft, EnumSet.of(Style.SIMPLE)))).isEmpty();
        assertThat(get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE)))).isEmpty();

        assertThat(redis.key().exists("content:image:" + draft)).isFalse();
    }
}
