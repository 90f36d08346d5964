package com.kt.event.content.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One style of a job. Its JSON is the style's field in the job's hash.
 *
 * @param imageUrl set exactly when the style is COMPLETED
 * @param error set exactly when the style is FAILED
 * @param provider which made the image; null if none did, or if it is not known
 * @param model null if it is not known
 * @param usage what was paid for the image in this job; null if nothing was, or if an older version wrote the record
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StyleTask(JobStatus status, String imageUrl, StyleError error, CallRecord calls, String provider,
        String model, StyleUsage usage) {
    static final StyleTask PENDING = new StyleTask(JobStatus.PENDING, null, null, CallRecord.NONE);

    @JsonCreator
    public StyleTask {
        calls = calls == null ? CallRecord.NONE : calls;
    }

    public StyleTask(JobStatus status, String imageUrl, StyleError error, CallRecord calls) {
        this(status, imageUrl, error, calls, null, null, null);
    }

    /** Whether a call was repeated although the earlier one may have been billed. */
    @JsonIgnore
    public boolean possiblyChargedTwice() {
        return calls.unknown() > 0;
    }

    /** A style whose image exists already. */
    static StyleTask reused(ReusableImage image) {
        return new StyleTask(JobStatus.COMPLETED, image.imageUrl(), null, CallRecord.NONE, image.provider(),
                image.model(), null);
    }

    StyleTask with(CallRecord next) {
        return become(JobStatus.PROCESSING, null, null, next, Origin.UNKNOWN);
    }

    StyleTask complete(String url, Origin origin) {
        return become(JobStatus.COMPLETED, url, null, calls.close(), origin);
    }

    /** @param origin of an image that was made and could not be used */
    StyleTask fail(StyleError reason, Origin origin) {
        return become(JobStatus.FAILED, null, reason, calls.close(), origin);
    }

    StyleTask cancel() {
        return become(JobStatus.CANCELLED, null, null, calls.close(), Origin.UNKNOWN);
    }

    private StyleTask become(JobStatus next, String url, StyleError reason, CallRecord ledger, Origin origin) {
        if (!status.mayBecome(next)) {
            throw new IllegalMoveException("a style that is " + status + " cannot become " + next);
        }
        return new StyleTask(next, url, reason, ledger, origin.provider(), origin.model(), origin.usage());
    }
}
