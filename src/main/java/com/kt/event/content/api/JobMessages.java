package com.kt.event.content.api;

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

    /** Why the job waits, and for how long if that is known; null if it does not. */
    static String detail(JobWait wait) {
        if (wait.isNone()) {
            return null;
        }
        long seconds = RetryAfter.seconds(wait.remaining());
        return switch (wait.reason()) {
            case OUTAGE -> "이미지 생성 서비스가 잠시 응답하지 않아 기다리고 있습니다. 약 " + seconds + "초 후 자동으로 다시 시작합니다";
            case LIMIT -> "이미지 생성 서비스의 호출 한도에 맞춰 차례를 기다리고 있습니다. 약 " + seconds + "초 후 자동으로 이어집니다";
            case OTHERS -> "먼저 시작한 이미지가 완성되기를 기다리고 있습니다. 차례가 되면 자동으로 이어집니다";
        };
    }
}
