package com.kt.event.content.job;

import static com.kt.event.content.recommendation.Style.FANCY;
import static com.kt.event.content.recommendation.Style.SIMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider calls of a job for its styles. */
class JobCallsTest extends JobSuite {
    @Test
    void isProcessingOnceItsCallsAreOut() {
        Job started = called(created);

        assertThat(started.status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(started.styles().values()).extracting(StyleTask::status).containsOnly(JobStatus.PROCESSING);
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
    void remembersAServerError() {
        Job job = created.openCall(SIMPLE, LATER).closeCallOnServerError(SIMPLE, LATER).openCall(SIMPLE, AT_LAST)
                .closeCall(SIMPLE, AT_LAST);

        assertThat(calls(job)).isEqualTo(new CallRecord(2, null, 0, true, LATER));
    }

    /** A worker that takes the job over repeats the call there, or asks for its outcome by the id. */
    @Test
    void remembersWhereTheLastCallWasMadeAndItsIdWhileItIsOpen() {
        Job called = created.openCall(SIMPLE, "main", LATER);
        assertThat(calls(called)).extracting(CallRecord::provider, CallRecord::id).containsExactly("main", null);

        Job identified = called.identifyCall(SIMPLE, "prediction-1", LATER);
        assertThat(calls(identified)).extracting(CallRecord::provider, CallRecord::id)
                .containsExactly("main", "prediction-1");

        assertThat(calls(identified.closeCallOnServerError(SIMPLE, LATER)))
                .extracting(CallRecord::provider, CallRecord::id).containsExactly("main", null);
        assertThat(calls(identified.openCall(SIMPLE, "main", AT_LAST)).id()).isNull();
    }

    @Test
    void remembersWhoseModerationRefusedIt() {
        Job refused = created.openCall(SIMPLE, "main", LATER).closeCallOnModeration(SIMPLE, LATER)
                .openCall(SIMPLE, "second", LATER).closeCallOnModeration(SIMPLE, LATER)
                .openCall(SIMPLE, "third", AT_LAST);

        assertThat(calls(refused).refusedBy()).containsExactly("main", "second");
        assertThat(calls(refused.closeCallOnServerError(SIMPLE, AT_LAST)).refusedBy())
                .containsExactly("main", "second");
        assertThat(calls(refused.closeCallOnModeration(SIMPLE, AT_LAST).closeCallOnModeration(SIMPLE, AT_LAST))
                .refusedBy()).containsExactly("main", "second", "third");
        assertThat(calls(refused.closeCall(SIMPLE, AT_LAST)).isOpen()).isFalse();
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
    void reportsThatACallOfUnknownOutcomeIsRepeated() {
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

    private static CallRecord calls(Job job) {
        return job.styles().get(SIMPLE).calls();
    }
}
