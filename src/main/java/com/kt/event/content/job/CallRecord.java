package com.kt.event.content.job;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The ledger of a style's paid calls. A call is opened here before it goes out and closed when its outcome is known; one
 * that is found open by whoever takes the job over has an outcome that nobody knows.
 *
 * @param attempts how many calls went out
 * @param openSince when the call that is out was opened; null while none is
 * @param unknown how many of the calls were made again although their image may have been made, and billed
 * @param brokeDown whether the provider broke down over a call, which it may do once
 * @param brokeDownAt when it did; null where it did not, or an older version of this service wrote it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CallRecord(int attempts, Instant openSince, int unknown, boolean brokeDown, Instant brokeDownAt) {
    static final CallRecord NONE = new CallRecord(0, null, 0, false, null);

    @JsonIgnore
    public boolean isOpen() {
        return openSince != null;
    }

    /** Opened twice with the same time it is one call, whose opening was written twice. */
    CallRecord open(Instant at) {
        return at.equals(openSince)
                ? this
                : new CallRecord(attempts + 1, at, isOpen() ? unknown + 1 : unknown, brokeDown, brokeDownAt);
    }

    CallRecord close() {
        return new CallRecord(attempts, null, unknown, brokeDown, brokeDownAt);
    }

    CallRecord closeAsBrokenDown(Instant at) {
        return new CallRecord(attempts, null, unknown, true, at);
    }

    /** It never went out, so it does not count. */
    CallRecord withdraw() {
        return isOpen() ? new CallRecord(attempts - 1, null, unknown, brokeDown, brokeDownAt) : this;
    }
}
