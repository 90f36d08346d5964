package com.kt.event.content.api.problem;

import java.net.URI;
import java.time.Duration;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** The kinds of problems: the platform's code, the HTTP status, the title, and the message for the shop owner. */
public enum Problem {
    RECOMMENDATION_NOT_SELECTED("CONTENT_001", 404, "No recommendation selected", "AI 추천을 먼저 선택해주세요"),
    NO_SUCH_JOB("CONTENT_002", 404, "No such job", "이미지 생성 작업을 찾을 수 없습니다"),
    NO_IMAGES("CONTENT_003", 404, "No pictures", "생성된 이미지가 없습니다"),
    INVALID_REQUEST("CONTENT_004", 400, "Invalid request", "요청이 올바르지 않습니다"),
    CONFLICT("CONTENT_005", 409, "Conflict with the current state", "현재 상태에서는 처리할 수 없는 요청입니다"),
    IDEMPOTENCY_KEY_REUSED("CONTENT_006", 422, "Idempotency key reused", "이미 다른 요청에 사용된 요청 키입니다"),
    TOO_MUCH_QUEUED("CONTENT_007", 503, "Too much work queued", "요청이 많아 처리할 수 없습니다. 잠시 후 다시 시도해주세요"),
    DEPENDENCY_DOWN("CONTENT_008", 503, "A dependency is down", "일시적으로 서비스를 이용할 수 없습니다. 잠시 후 다시 시도해주세요"),
    RECOMMENDATION_UNREADABLE("CONTENT_009", 502, "Unreadable recommendation", "AI 추천 정보를 읽을 수 없습니다. 추천을 다시 선택해주세요"),
    /** Not in the platform's list, which has no code for faults of a service. */
    UNEXPECTED("CONTENT_010", 500, "Internal error", "알 수 없는 오류가 발생했습니다. 잠시 후 다시 시도해주세요"),
    IMAGE_GONE("CONTENT_011", 410, "Picture gone", "보관 기간이 지났거나 삭제된 이미지입니다"),
    NO_RENDITION("CONTENT_012", 422, "No rendition possible", "이 이미지는 해당 채널용으로 변환할 수 없습니다");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String code;
    private final int status;
    private final String title;
    private final String message;

    Problem(String code, int status, String title, String message) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.message = message;
    }

    public HttpProblem with(String detail) {
        return with(status, detail);
    }

    /** With a more specific status than the usual one. */
    public HttpProblem with(int status, String detail) {
        return signed(HttpProblem.builder().withStatus(status).withDetail(detail));
    }

    /** With a header that tells the client what is allowed. */
    public HttpProblem with(int status, String detail, String header, String value) {
        return signed(HttpProblem.builder().withStatus(status).withDetail(detail).withHeader(header, value));
    }

    /** Completes a problem with type, title, code, message and, for a 503, Retry-After. */
    public HttpProblem signed(HttpProblem.Builder problem) {
        problem.withType(URI.create("tag:event.kt.com,2026:content:" + code)).withTitle(title)
                .with("code", code).with("message", message);
        if (status == 503) {
            problem.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds());
        }
        return problem.build();
    }

    /** The kind of a problem that the framework reports by a status alone. */
    public static Problem ofStatus(int status) {
        if (status >= 500) {
            return status == 503 ? DEPENDENCY_DOWN : UNEXPECTED;
        }
        return status == 409 ? CONFLICT : INVALID_REQUEST;
    }
}
