package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.WithoutWorker;
import com.kt.event.content.job.ReusableImage;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Publishing, finding and removing the images of a draft. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(WithoutWorker.class)
class GalleryTest extends GallerySuite {
    @Test
    void publishesOneImagePerStyleTheNewestOne() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).publish(draft, Map.of(Style.SIMPLE, kept(SECOND, NOON.plusSeconds(9))), "job-2",
                NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plusSeconds(9)).find(draft)).images()).containsOnlyKeys(Style.SIMPLE, Style.FANCY)
                .containsEntry(Style.SIMPLE, new GalleryImage(SECOND, "job-2", NOON.plusSeconds(9),
                        NOON.plusSeconds(9).plus(Duration.ofDays(7)), NOON.toEpochMilli(),
                        RECOMMENDATION.fingerprint(), DETAILS, ORIGIN));
    }

    @Test
    void publishesImagesTogetherAndKeepsTheOnesThatAreNewer() {
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(FIRST, NOON)), "newer", NOON.plusSeconds(1), OTHER));

        get(at(NOON).publish(draft,
                Map.of(Style.SIMPLE, kept(SECOND, NOON), Style.FANCY, kept(SECOND, NOON), Style.TRENDY,
                        kept(SECOND, NOON)),
                "job-1",
                NOON, RECOMMENDATION));

        Map<Style, GalleryImage> images = get(at(NOON).find(draft)).images();
        assertThat(images).containsOnlyKeys(Style.values());
        assertThat(images.get(Style.FANCY).jobId()).isEqualTo("newer");
        assertThat(images.get(Style.SIMPLE)).isEqualTo(images.get(Style.TRENDY));
        assertThat(images.get(Style.SIMPLE).imageUrl()).isEqualTo(SECOND);
    }

    @Test
    void showsNoImageWhoseLinkHasExpired() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(60)).publish(draft, Map.of(Style.FANCY, kept(SECOND, NOON.plusSeconds(60))), "job-2",
                NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plus(Duration.ofDays(7))).find(draft)).images()).containsOnlyKeys(Style.FANCY);
    }

    @Test
    void remembersWhatTheImagesWereMadeFromForAsLongAsTheyArePublished() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));

        assertThat(redis.hash(String.class).hget("content:image:" + draft, "recommendation")).contains("비 오는 날엔 파전");
        assertThat(redis.key().ttl("content:image:" + draft)).isBetween(604_790L, 604_800L);
    }

    @Test
    void publishesOneImagePerJobTheFirstOne() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON.plusSeconds(9)).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON.plusSeconds(9))), "job-1",
                NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).createdAt()).isEqualTo(NOON);
    }

    @Test
    void publishesALateImageOnlyWhereThereIsNone() {
        get(at(NOON).publishIfAbsent(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "late", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publishIfAbsent(draft, Map.of(Style.FANCY, kept(SECOND, NOON)), "late", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("late");
        assertThat(get(at(NOON).find(draft)).images().get(Style.FANCY).jobId()).isEqualTo("job-1");
    }

    @Test
    void doesNotReplaceTheNewerJobsImageWithALateOne() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(SECOND, NOON)), "newer", NOON.plusSeconds(1),
                RECOMMENDATION));
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "older", NOON, OTHER));

        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("newer");
        assertThat(get(at(NOON).find(draft)).recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void knowsWhatEachImageWasMadeFrom() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, OTHER));
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(SECOND, NOON)), "job-2", NOON, RECOMMENDATION));

        DraftImages images = get(at(NOON).find(draft));

        assertThat(images.reusable(RECOMMENDATION, NOON))
                .containsExactly(entry(Style.FANCY, new ReusableImage(SECOND.toString(), "main", "a-model")));
        assertThat(images.reusable(OTHER, NOON)).containsOnlyKeys(Style.SIMPLE);
        assertThat(images.reusable(OTHER, NOON.plus(Duration.ofDays(8)))).isEmpty();
        assertThat(images.recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void removesOnlyTheStylesItIsAskedTo() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(SECOND, NOON)), "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE, Style.TRENDY))))
                .extracting(GalleryImage::imageUrl).containsExactly(FIRST);
        assertThat(get(at(NOON).find(draft)).images()).containsOnlyKeys(Style.FANCY);
        assertThat(get(at(NOON).find(draft)).recommendation()).contains(RECOMMENDATION);
    }

    @Test
    void forgetsTheDraftWithItsLastImage() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));

        get(at(NOON).remove(draft, EnumSet.of(Style.SIMPLE)));

        assertThat(redis.key().exists("content:image:" + draft)).isFalse();
        assertThat(get(at(NOON).remove(draft, EnumSet.allOf(Style.class)))).isEmpty();
    }

    @Test
    void publishesALateImageInPlaceOfOneThatHasExpired() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        Instant later = NOON.plus(Duration.ofDays(7));

        get(at(later.minusSeconds(1)).publishIfAbsent(draft, Map.of(Style.SIMPLE, kept(SECOND, later.minusSeconds(1))),
                "late", NOON,
                RECOMMENDATION));
        assertThat(get(at(NOON).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("job-1");

        get(at(later).publishIfAbsent(draft, Map.of(Style.SIMPLE, kept(SECOND, later)), "late", NOON, RECOMMENDATION));
        assertThat(get(at(later).find(draft)).images().get(Style.SIMPLE).jobId()).isEqualTo("late");
    }

    @Test
    void findsExpiredImagesTooForDeletion() {
        get(at(NOON).publish(draft, Map.of(Style.SIMPLE, kept(FIRST, NOON)), "job-1", NOON, RECOMMENDATION));
        get(at(NOON).publish(draft, Map.of(Style.FANCY, kept(SECOND, NOON)), "job-1", NOON, RECOMMENDATION));

        assertThat(get(at(NOON.plus(Duration.ofDays(8))).findAll(draft, EnumSet.of(Style.SIMPLE))))
                .extracting(GalleryImage::imageUrl).containsExactly(FIRST);
    }

    @Test
    void isEmptyForADraftWithoutImages() {
        assertThat(get(at(NOON).find(draft)).isEmpty()).isTrue();
    }
}
