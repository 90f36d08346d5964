package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.recommendation.Style;

/** A new job, and the status, progress and counts that follow from the styles of a job. */
class JobTest extends JobSuite {
    @Test
    void beginsWithEveryStylePending() {
        assertThat(created.status()).isEqualTo(JobStatus.PENDING);
        assertThat(created.styles()).isEqualTo(
                Map.of(SIMPLE, StyleTask.PENDING, FANCY, StyleTask.PENDING, TRENDY, StyleTask.PENDING));
        assertThat(created.progress()).isZero();
    }

    @Test
    void remembersWhatItWasAskedFor() {
        assertThat(created.id()).isEqualTo("job-1");
        assertThat(created.eventDraftId()).isEqualTo("draft-1");
        assertThat(created.recommendation()).isEqualTo(LATTE);
    }

    @Test
    void hasChangedOnceWhenItIsCreated() {
        assertThat(created.version()).isEqualTo(1);
        assertThat(created.createdAt()).isEqualTo(CREATED);
        assertThat(created.updatedAt()).isEqualTo(CREATED);
    }

    @Test
    void hasOnlyTheStylesThatAreWanted() {
        assertThat(create(List.of(FANCY)).styles())
                .containsOnlyKeys(FANCY);
    }

    @ParameterizedTest(name = "{0}, {1} and {2} make {3}")
    @CsvSource({
            "PENDING, PENDING, PENDING, PENDING",
            "PENDING, PENDING, PROCESSING, PROCESSING",
            "PROCESSING, PROCESSING, PROCESSING, PROCESSING",
            "COMPLETED, PENDING, PENDING, PROCESSING",
            "COMPLETED, COMPLETED, PROCESSING, PROCESSING",
            "FAILED, FAILED, PROCESSING, PROCESSING",
            "FAILED, PENDING, PENDING, PROCESSING",
            "COMPLETED, FAILED, PENDING, PROCESSING",
            "CANCELLED, CANCELLED, PROCESSING, PROCESSING",
            "COMPLETED, COMPLETED, COMPLETED, COMPLETED",
            "COMPLETED, COMPLETED, FAILED, COMPLETED",
            "COMPLETED, FAILED, FAILED, COMPLETED",
            "COMPLETED, CANCELLED, CANCELLED, CANCELLED",
            "COMPLETED, FAILED, CANCELLED, CANCELLED",
            "FAILED, FAILED, FAILED, FAILED",
            "FAILED, FAILED, CANCELLED, CANCELLED",
            "FAILED, CANCELLED, CANCELLED, CANCELLED",
            "CANCELLED, CANCELLED, CANCELLED, CANCELLED"})
    void isTheFoldOfItsStyles(JobStatus simple, JobStatus fancy, JobStatus trendy, JobStatus folded) {
        assertThat(job(simple, fancy, trendy).status()).isEqualTo(folded);
        assertThat(job(trendy, simple, fancy).status()).as("whatever the order").isEqualTo(folded);
        assertThat(job(fancy, trendy, simple).status()).as("whatever the order").isEqualTo(folded);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void standsWhereItsOnlyStyleDoes(JobStatus status) {
        assertThat(job(Map.of(FANCY, task(status))).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, true", "FAILED, true", "CANCELLED, true", "PENDING, false", "PROCESSING, false"})
    void endsWithItsLastStyle(JobStatus last, boolean ended) {
        assertThat(job(JobStatus.FAILED, JobStatus.FAILED, last).ended()).isEqualTo(ended);
    }

    @Test
    void hasEndedAtOnceWhereAllImagesExist() {
        JobRequest request = JobRequest.of("draft-1", LATTE, List.of(SIMPLE),
                Map.of(SIMPLE, new ReusableImage(LINK, "main", "a-model")));

        Job job = Job.create("job-1", request, CREATED);

        assertThat(request.needsNoGeneration()).isTrue();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.styles().get(SIMPLE).imageUrl()).isEqualTo(LINK);
    }

    @Test
    void generatesOnlyMissingImages() {
        Job job = Job.create("job-1",
                JobRequest.of("draft-1", LATTE, EnumSet.allOf(Style.class),
                        Map.of(SIMPLE, new ReusableImage(LINK, "main", "a-model"))),
                CREATED);

        assertThat(job.status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(job.unfinished()).containsExactly(FANCY, TRENDY);
    }

    @ParameterizedTest
    @CsvSource({
            "PENDING, PENDING, PENDING, 0",
            "PROCESSING, PROCESSING, PROCESSING, 0",
            "COMPLETED, PROCESSING, PROCESSING, 33",
            "COMPLETED, FAILED, PROCESSING, 66",
            "COMPLETED, FAILED, CANCELLED, 100"})
    void measuresItsProgressByTheStylesThatHaveEnded(JobStatus simple, JobStatus fancy, JobStatus trendy,
            int progress) {
        assertThat(job(simple, fancy, trendy).progress()).isEqualTo(progress);
    }

    @Test
    void isDoneWithItsOnlyStyle() {
        assertThat(job(Map.of(TRENDY, task(JobStatus.PROCESSING))).progress()).isZero();
        assertThat(job(Map.of(TRENDY, task(JobStatus.COMPLETED))).progress()).isEqualTo(100);
    }

    @Test
    void countsImagesAndNotFailures() {
        assertThat(job(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED).completed()).isEqualTo(1);
        assertThat(job(JobStatus.COMPLETED, JobStatus.COMPLETED, JobStatus.PROCESSING).completed()).isEqualTo(2);
        assertThat(created.completed()).isZero();
    }

    @Test
    void knowsWhichStylesAreUnfinished() {
        assertThat(created.unfinished()).containsExactly(SIMPLE, FANCY, TRENDY);
        assertThat(job(JobStatus.COMPLETED, JobStatus.PROCESSING, JobStatus.PENDING).unfinished())
                .containsExactly(FANCY, TRENDY);
        assertThat(job(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED).unfinished()).isEmpty();
    }

    @Test
    void doesntMindWhatBecomesOfTheSetOfUnfinishedStyles() {
        created.unfinished().clear();

        assertThat(created.unfinished()).isEqualTo(EnumSet.allOf(Style.class));
    }

    @Test
    void handsOutNoStylesToBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> created.styles().put(SIMPLE, task(JobStatus.COMPLETED)));
    }

    @Test
    void keepsACopyOfTheStyles() {
        Map<Style, StyleTask> styles = new EnumMap<>(Map.of(SIMPLE, task(JobStatus.PROCESSING)));
        Job job = job(styles);
        styles.put(SIMPLE, task(JobStatus.FAILED));

        assertThat(job.status()).isEqualTo(JobStatus.PROCESSING);
    }

    @Test
    void tellsItsStylesInTheSameOrderEachTime() {
        assertThat(create(List.of(TRENDY, SIMPLE, FANCY)).styles().keySet())
                .containsExactly(SIMPLE, FANCY, TRENDY);
    }

    @Test
    void refusesAJobWithoutStyles() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> create(List.of()));
    }

    @Test
    void isOpenForAStyleUntilThatHasEnded() {
        assertThat(created.isOpen(SIMPLE)).isTrue();
        assertThat(created.openCall(SIMPLE, LATER).isOpen(SIMPLE)).isTrue();
        assertThat(created.fail(SIMPLE, StyleError.IMAGE_REJECTED, LATER).isOpen(SIMPLE)).isFalse();
        assertThat(created.fail(SIMPLE, StyleError.IMAGE_REJECTED, LATER).isOpen(FANCY)).isTrue();
        assertThat(create(List.of(FANCY)).isOpen(SIMPLE)).isFalse();
    }

    @Test
    void anImageThatExistsAlreadyHasAnOriginButNoUsage() {
        Job job = Job.create("job-1", JobRequest.of("draft-1", LATTE, List.of(SIMPLE), Map.of(SIMPLE,
                new ReusableImage(LINK, "main", "a-model"))), CREATED);

        assertThat(job.styles().get(SIMPLE)).returns("main", StyleTask::provider).returns("a-model", StyleTask::model);
        assertThat(job.usage()).isEmpty();
    }
}
