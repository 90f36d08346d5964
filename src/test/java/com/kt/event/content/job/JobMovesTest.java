package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static com.kt.event.content.recommendation.Style.TRENDY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.recommendation.Style;

/** The moves of a job: complete, fail and cancel. */
class JobMovesTest extends JobSuite {
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

    @Test
    void refusesAMoveOfAStyleThatWasNotAskedFor() {
        Job simpleOnly = create(List.of(SIMPLE)).openCall(SIMPLE, LATER);

        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> simpleOnly.fail(FANCY, StyleError.IMAGE_INVALID, AT_LAST))
                .withMessageContaining("fancy");
    }

    @Test
    void givesUpOnWhatHasNotEndedAndLeavesTheRest() {
        Job job = called(created).complete(SIMPLE, LINK, LATER).failUnfinished(StyleError.JOB_STALLED, AT_LAST);

        assertThat(job.styles().get(SIMPLE).imageUrl()).isEqualTo(LINK);
        assertThat(job.styles().get(FANCY).error()).isEqualTo(StyleError.JOB_STALLED);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(created.failUnfinished(StyleError.JOB_STALLED, LATER).status()).isEqualTo(JobStatus.FAILED);
    }
}
