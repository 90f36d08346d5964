package com.kt.event.content.api;

import java.time.Duration;

import com.kt.event.content.job.Job;

/** The texts about a job for the shop owner. */
final class JobMessages {
    private JobMessages() {
    }

    static String of(Job job) {
        int completed = job.completed();
        int all = job.styles().size();
        return switch (job.status()) {
            case PENDING, PROCESSING -> "이미지 생성 중입니다";
            case COMPLETED -> completed == all ? "이미지 생성이 완료되었습니다" : all + "개 중 " + completed + "개의 이미지가 생성되었습니다";
            case FAILED -> "이미지를 생성하지 못했습니다";
            case CANCELLED -> completed == 0
                    ? "이미지 생성이 취소되었습니다"
                    : "이미지 생성이 취소되었습니다. 이미 생성된 이미지 " + completed + "개는 그대로 있습니다";
        };
    }

    /**
     * Why the job waits, and for how long; null if it does not.
     *
     * @param pause how long the job waits for the provider, zero if it does not
     */
    static String detail(Duration pause) {
        return pause.isZero()
                ? null
                : "이미지 생성 서비스가 잠시 응답하지 않아 기다리고 있습니다. 약 " + RetryAfter.seconds(pause) + "초 후 자동으로 다시 시작합니다";
    }
}
