package com.kt.event.content.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One style of a job. Its JSON is the style's field in the job's hash.
 *
 * @param imageUrl set exactly when the style is COMPLETED
 * @param error set exactly when the style is FAILED
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StyleTask(JobStatus status, String imageUrl, StyleError error, CallRecord calls) {
    static final StyleTask PENDING = new StyleTask(JobStatus.PENDING, null, null, CallRecord.NONE);

    public StyleTask {
        calls = calls == null ? CallRecord.NONE : calls;
    }

    /** Whether a call was repeated although the earlier one may have been billed. */
    @JsonIgnore
    public boolean possiblyChargedTwice() {
        return calls.unknown() > 0;
    }

    /** A style whose image exists already. */
    static StyleTask reused(String url) {
        return new StyleTask(JobStatus.COMPLETED, url, null, CallRecord.NONE);
    }

    StyleTask with(CallRecord next) {
        return become(JobStatus.PROCESSING, null, null, next);
    }

    StyleTask complete(String url) {
        return become(JobStatus.COMPLETED, url, null, calls.close());
    }

    StyleTask fail(StyleError reason) {
        return become(JobStatus.FAILED, null, reason, calls.close());
    }

    StyleTask cancel() {
        return become(JobStatus.CANCELLED, null, null, calls.close());
    }

    private StyleTask become(JobStatus next, String url, StyleError reason, CallRecord ledger) {
        if (!status.mayBecome(next)) {
            throw new IllegalMoveException("a style that is " + status + " cannot become " + next);
        }
        return new StyleTask(next, url, reason, ledger);
    }
}
