package com.kt.event.content.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What responses teach, beside what is configured. */
class LessonTest {
    private static final CallLimits TEN_A_MINUTE = new CallLimits(10, 0);

    @Test
    void aStricterLimitIsLearned() {
        Lesson lesson = Lesson.of(saying(5, 2, 36), TEN_A_MINUTE);

        assertThat(lesson.limit()).isEqualTo(5);
        assertThat(lesson.remaining()).isEqualTo(2);
        assertThat(lesson.interval()).isZero();
    }

    @Test
    void aLimitIsLearnedWhereNoneIsConfigured() {
        assertThat(Lesson.of(saying(5, 2, 36), CallLimits.NONE).limit()).isEqualTo(5);
    }

    @Test
    void aLooserLimitTeachesNothing() {
        assertThat(Lesson.of(saying(10, 2, 36), TEN_A_MINUTE).isNothing()).isTrue();
        assertThat(Lesson.of(saying(250, 249, 1), TEN_A_MINUTE).isNothing()).isTrue();
        assertThat(Lesson.of(ResponseLimits.NONE, CallLimits.NONE).isNothing()).isTrue();
    }

    @Test
    void aLimitOfOneIsATimeBetweenCalls() {
        Lesson lesson = Lesson.of(saying(1, 0, 10), CallLimits.NONE);

        assertThat(lesson.limit()).isZero();
        assertThat(lesson.interval()).hasSeconds(10);
    }

    @Test
    void aLimitThatIsUsedUpIsAPause() {
        assertThat(Lesson.of(exhausted(12), TEN_A_MINUTE).pause()).hasSeconds(12);
        assertThat(Lesson.of(exhausted(86_400), TEN_A_MINUTE).pause()).hasMinutes(10);
    }

    @Test
    void aRefusalWithinTheLimitSpreadsCallsOverTheMinute() {
        assertThat(Lesson.of(refused(), new CallLimits(6, 0)).interval()).hasSeconds(10);
        assertThat(
                Lesson.of(new ResponseLimits(5, 0, Duration.ofSeconds(12), Duration.ZERO, true),
                        CallLimits.NONE).interval())
                .hasSeconds(12);
    }

    @Test
    void aRefusalWithoutAKnownLimitTeachesNothing() {
        assertThat(Lesson.of(refused(), CallLimits.NONE).isNothing()).isTrue();
    }

    private static ResponseLimits saying(int limit, int remaining, int reset) {
        return new ResponseLimits(limit, remaining, Duration.ofSeconds(reset), Duration.ZERO, false);
    }

    private static ResponseLimits exhausted(int seconds) {
        return new ResponseLimits(0, -1, Duration.ZERO, Duration.ofSeconds(seconds), false);
    }

    private static ResponseLimits refused() {
        return new ResponseLimits(0, -1, Duration.ZERO, Duration.ZERO, true);
    }
}
