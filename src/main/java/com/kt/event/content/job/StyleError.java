package com.kt.event.content.job;

/** Why a style has no image: the code in the API, and the sentence for the shop owner. */
public enum StyleError {
    IMAGE_REJECTED("이미지 안전 기준에 맞지 않아 생성하지 못했습니다. 이벤트 문구를 바꿔 다시 시도해주세요"),
    IMAGE_API_TIMEOUT("이미지 생성 시간이 초과되었습니다. 다시 시도해주세요"),
    IMAGE_API_ERROR("이미지를 생성하는 중 오류가 발생했습니다. 잠시 후 다시 시도해주세요"),
    IMAGE_INVALID("생성된 이미지가 올바르지 않습니다. 다시 시도해주세요"),
    JOB_DEADLINE("제한 시간 안에 이미지를 생성하지 못했습니다. 잠시 후 다시 시도해주세요"),
    /** Workers repeatedly died or froze while they ran the job. */
    JOB_STALLED("작업이 여러 번 중단되어 이미지를 생성하지 못했습니다. 문제가 계속되면 고객센터에 문의해주세요");

    private final String message;

    StyleError(String message) {
        this.message = message;
    }

    public String message() {
        return message;
    }
}
