package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

class JobTest {
    private static final Recommendation LATTE = new Recommendation("봄맞이 딸기 라떼 1+1", "", "", "", Map.of());
    private static final String LINK = "https://shop.example/1-simple.png";
    private static final Instant CREATED = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-04-01T00:00:05Z");
    private static final Instant AT_LAST = Instant.parse("2026-04-01T00:00:09Z");

    private final Job created = create(List.of(Style.values()));

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
    void isProcessingOnceItsCallsAreOut() {
        Job started = called(created);

        assertThat(started.status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(started.styles().values()).extracting(StyleTask::status).containsOnly(JobStatus.PROCESSING);
    }

    @Test
    void keepsTheLinkOfACompletedStyle() {
        Job job = called(created).complete(SIMPLE, LINK, AT_LAST);

        assertThat(job.styles()).containsEntry(SIMPLE,
                new StyleTask(JobStatus.COMPLETED, LINK, null, new CallRecord(1, null, 0, false, null)));
    }

    @Test
    void keepsTheReasonOfAFailedStyle() {
        Job job = called(created).fail(TRENDY, StyleError.IMAGE_API_TIMEOUT, AT_LAST);

        assertThat(job.styles())
                .containsEntry(TRENDY, new StyleTask(JobStatus.FAILED, null, StyleError.IMAGE_API_TIMEOUT,
                        new CallRecord(1, null, 0, false, null)));
    }

    @Test
    void leavesTheOtherStylesAloneWhenOneEnds() {
        Job job = called(created).complete(SIMPLE, LINK, AT_LAST);

        assertThat(job.styles()).extractingByKeys(FANCY, TRENDY).extracting(StyleTask::status)
                .containsOnly(JobStatus.PROCESSING);
    }

    @Test
    void mayFailBeforeItHasStarted() {
        Job job = created;
        for (Style style : Style.values()) {
            job = job.fail(style, StyleError.JOB_DEADLINE, LATER);
        }

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void cannotCompleteBeforeItHasStarted() {
        assertThatExceptionOfType(IllegalMoveException.class).isThrownBy(() -> created.complete(SIMPLE, LINK, LATER))
                .withMessageContaining("PENDING").withMessageContaining("COMPLETED");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void cannotCompleteWhatHasEnded(JobStatus end) {
        Job job = job(end, JobStatus.PROCESSING, JobStatus.PROCESSING);

        assertThatExceptionOfType(IllegalMoveException.class).isThrownBy(() -> job.complete(SIMPLE, LINK, LATER));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void cannotFailWhatHasEnded(JobStatus end) {
        Job job = job(end, JobStatus.PROCESSING, JobStatus.PROCESSING);

        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> job.fail(SIMPLE, StyleError.JOB_DEADLINE, LATER));
    }

    @Test
    void leavesWhatHasEndedWhenItIsCancelled() {
        Job cancelled = called(created).complete(SIMPLE, LINK, AT_LAST)
                .fail(FANCY, StyleError.IMAGE_REJECTED, AT_LAST).cancel(AT_LAST);

        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(cancelled.styles()).extractingByKeys(SIMPLE, FANCY, TRENDY).extracting(StyleTask::status)
                .containsExactly(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);
        assertThat(cancelled.styles().get(SIMPLE).imageUrl()).isEqualTo(LINK);
        assertThat(cancelled.openCalls()).isZero();
        assertThat(cancelled.version()).isEqualTo(created.version() + 6);
    }

    @Test
    void staysAsItIsWhenItIsCancelledAgain() {
        Job cancelled = created.cancel(LATER);

        assertThat(cancelled.cancel(AT_LAST)).isSameAs(cancelled);
    }

    @Test
    void canBeCancelledBeforeItHasStarted() {
        assertThat(created.cancel(LATER).styles().values()).extracting(StyleTask::status)
                .containsOnly(JobStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED"})
    void cannotBeCancelledWhenItHasEnded(JobStatus end) {
        Job job = job(end, end, end);

        assertThatExceptionOfType(IllegalMoveException.class).isThrownBy(() -> job.cancel(LATER))
                .withMessageContaining(end.name());
    }

    @Test
    void hasEndedAtOnceWhereAllImagesExist() {
        JobRequest request = JobRequest.of("draft-1", LATTE, List.of(SIMPLE), Map.of(SIMPLE, LINK));

        Job job = Job.create("job-1", request, CREATED);

        assertThat(request.needsNoGeneration()).isTrue();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.styles().get(SIMPLE).imageUrl()).isEqualTo(LINK);
    }

    @Test
    void drawsOnlyWhatIsMissing() {
        Job job = Job.create("job-1",
                JobRequest.of("draft-1", LATTE, EnumSet.allOf(Style.class), Map.of(SIMPLE, LINK)), CREATED);

        assertThat(job.status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(job.unfinished()).containsExactly(FANCY, TRENDY);
    }

    @Test
    void countsOneUpForEachChange() {
        Job started = created.openCall(SIMPLE, LATER);
        Job failed = started.fail(FANCY, StyleError.IMAGE_INVALID, LATER);

        assertThat(started.version()).isEqualTo(2);
        assertThat(failed.version()).isEqualTo(3);
        assertThat(failed.complete(SIMPLE, LINK, LATER).version()).isEqualTo(4);
    }

    @Test
    void remembersWhenItLastChanged() {
        Job started = called(created);

        assertThat(started.updatedAt()).isEqualTo(LATER);
        assertThat(started.complete(SIMPLE, LINK, AT_LAST).updatedAt()).isEqualTo(AT_LAST);
        assertThat(started.fail(SIMPLE, StyleError.IMAGE_API_ERROR, AT_LAST).updatedAt()).isEqualTo(AT_LAST);
    }

    @Test
    void neverForgetsWhatItIs() {
        assertThat(called(created).complete(SIMPLE, LINK, AT_LAST)).usingRecursiveComparison()
                .ignoringFields("styles", "updatedAt", "version").isEqualTo(created);
    }

    @Test
    void staysAsItIsWhenMovedOn() {
        Job started = called(created);
        started.complete(SIMPLE, LINK, AT_LAST);

        assertThat(created.status()).isEqualTo(JobStatus.PENDING);
        assertThat(started.styles().get(SIMPLE).status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(started.version()).isEqualTo(4);
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
    void refusesToDrawNothing() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> create(List.of()));
    }

    @Test
    void refusesAMoveOfAStyleThatWasNotAskedFor() {
        Job simpleOnly = create(List.of(SIMPLE)).openCall(SIMPLE, LATER);

        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> simpleOnly.fail(FANCY, StyleError.IMAGE_INVALID, AT_LAST))
                .withMessageContaining("fancy");
    }

    @ParameterizedTest
    @EnumSource(value = JobStatus.class, names = {"COMPLETED", "FAILED", "CANCELLED"})
    void refusesACallOnceItHasEnded(JobStatus end) {
        Job ended = job(end, end, end);

        assertThatExceptionOfType(IllegalMoveException.class).isThrownBy(() -> ended.openCall(SIMPLE, AT_LAST));
    }

    @Test
    void countsTheCallsOfAStyle() {
        Job refused = created.openCall(SIMPLE, LATER).closeCall(SIMPLE, LATER);

        assertThat(calls(refused)).isEqualTo(new CallRecord(1, null, 0, false, null));
        assertThat(calls(refused.openCall(SIMPLE, AT_LAST))).isEqualTo(new CallRecord(2, AT_LAST, 0, false, null));
    }

    @Test
    void remembersThatTheProviderBrokeDownOnce() {
        Job job = created.openCall(SIMPLE, LATER).closeCallOnServerError(SIMPLE, LATER).openCall(SIMPLE, AT_LAST)
                .closeCall(SIMPLE, AT_LAST);

        assertThat(calls(job)).isEqualTo(new CallRecord(2, null, 0, true, LATER));
    }

    @Test
    void doesNotCountACallThatDidNotGoOut() {
        assertThat(calls(created.openCall(SIMPLE, LATER).discardCall(SIMPLE, LATER))).isEqualTo(CallRecord.NONE);
    }

    @Test
    void countsACallThatWasClosedBeforeItIsDiscarded() {
        Job closed = created.openCall(SIMPLE, LATER).closeCall(SIMPLE, LATER);

        assertThat(calls(closed.discardCall(SIMPLE, AT_LAST))).isEqualTo(calls(closed));
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
    void owesItToTheOwnerThatACallWhoseOutcomeNobodyKnowsIsMadeAgain() {
        Job again = created.openCall(SIMPLE, LATER).openCall(SIMPLE, AT_LAST);

        assertThat(calls(again)).isEqualTo(new CallRecord(2, AT_LAST, 1, false, null));
        assertThat(again.possiblyChargedTwice()).isTrue();
        assertThat(again.styles().get(SIMPLE).possiblyChargedTwice()).isTrue();
        assertThat(again.styles().get(FANCY).possiblyChargedTwice()).isFalse();
        assertThat(again.complete(SIMPLE, LINK, AT_LAST).possiblyChargedTwice()).as("also when it has ended").isTrue();
    }

    @Test
    void countsACallOnceThoughItIsWrittenTwice() {
        Job job = created.openCall(SIMPLE, LATER);

        assertThat(job.openCall(SIMPLE, LATER).styles()).isEqualTo(job.styles());
        assertThat(job.possiblyChargedTwice()).isFalse();
    }

    @Test
    void hasNoCallOutWhenAStyleHasEnded() {
        Job job = created.openCall(SIMPLE, LATER).openCall(FANCY, LATER);

        assertThat(calls(job.complete(SIMPLE, LINK, AT_LAST)).isOpen()).isFalse();
        assertThat(calls(job.fail(SIMPLE, StyleError.IMAGE_API_TIMEOUT, AT_LAST)).isOpen()).isFalse();
    }

    @Test
    void waitsWhileAStyleHasNoCallOut() {
        assertThat(created.hasStylesToCall()).isTrue();
        assertThat(created.openCall(SIMPLE, LATER).hasStylesToCall()).isTrue();
        assertThat(called(created).hasStylesToCall()).isFalse();
        assertThat(called(created).closeCall(FANCY, LATER).hasStylesToCall()).isTrue();
        assertThat(job(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED).hasStylesToCall()).isFalse();
    }

    @Test
    void givesUpOnWhatHasNotEndedAndLeavesTheRest() {
        Job job = called(created).complete(SIMPLE, LINK, LATER).failUnfinished(StyleError.JOB_STALLED, AT_LAST);

        assertThat(job.styles().get(SIMPLE).imageUrl()).isEqualTo(LINK);
        assertThat(job.styles().get(FANCY).error()).isEqualTo(StyleError.JOB_STALLED);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(created.failUnfinished(StyleError.JOB_STALLED, LATER).status()).isEqualTo(JobStatus.FAILED);
    }

    private static CallRecord calls(Job job) {
        return job.styles().get(SIMPLE).calls();
    }

    /** With a call out for each style. */
    private static Job called(Job job) {
        Job next = job;
        for (Style style : Style.values()) {
            next = next.openCall(style, LATER);
        }
        return next;
    }

    private static Job job(JobStatus simple, JobStatus fancy, JobStatus trendy) {
        return job(Map.of(SIMPLE, task(simple), FANCY, task(fancy), TRENDY, task(trendy)));
    }

    private static Job job(Map<Style, StyleTask> styles) {
        return new Job("job-1", "draft-1", LATTE, styles, CREATED, CREATED, 7);
    }

    private static StyleTask task(JobStatus status) {
        return new StyleTask(status, status == JobStatus.COMPLETED ? LINK : null,
                status == JobStatus.FAILED ? StyleError.IMAGE_API_ERROR : null, CallRecord.NONE);
    }

    private static Job create(List<Style> styles) {
        return Job.create("job-1", JobRequest.of("draft-1", LATTE, styles, Map.of()), CREATED);
    }
}
