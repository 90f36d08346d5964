package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What the owner reads while a job waits. */
class JobMessagesTest {
    private static final Duration WAIT = Duration.ofMillis(29_001);

    @Test
    void saysNothingWhileTheJobDoesNotWait() {
        assertThat(JobMessages.detail(JobWait.NONE)).isNull();
    }

    @Test
    void tellsAnOutageFromALimit() {
        assertThat(JobMessages.detail(JobWait.outage(WAIT))).startsWith("이미지 생성 서비스가 잠시 응답하지 않아").contains("약 30초");
        assertThat(JobMessages.detail(new JobWait(WAIT, JobWait.Reason.LIMIT))).contains("호출 한도", "약 30초");
    }

    @Test
    void namesNoTimeForTheEndOfAnotherCall() {
        assertThat(JobMessages.detail(new JobWait(WAIT, JobWait.Reason.OTHERS))).doesNotContainPattern("\\d");
    }
}
