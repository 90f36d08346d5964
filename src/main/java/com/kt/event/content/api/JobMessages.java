package com.kt.event.content.api;

import com.kt.event.content.job.Job;

/** What a shop owner reads of a job. */
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
            case CANCELLED -> "이미지 생성이 취소되었습니다";
        };
    }
}
