package com.kt.event.content.job;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The record of a style's paid calls. A call is opened here before it is sent and closed when its outcome is known. After
 * a takeover, the outcome of a call that is still open is unknown.
 *
 * @param attempts the number of calls sent
 * @param openSince when the call in flight was opened; null if there is none
 * @param unknown the number of calls that were repeated although the earlier call may have been billed
 * @param brokeDown whether a call ended with a server error of the provider; a style is retried after one of them only
 * @param brokeDownAt when that happened; null if it did not, or if an older version of this service wrote the record
 * @param provider where the last call was made; null if an older version of this service wrote the record
 * @param id by which the provider can be asked for the outcome of the call in flight; null if there is none
 * @param refusedBy the providers whose moderation has refused the image, which are not asked again; null if none has
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CallRecord(int attempts, Instant openSince, int unknown, boolean brokeDown, Instant brokeDownAt,
        String provider, String id, List<String> refusedBy) {
    static final CallRecord NONE = new CallRecord(0, null, 0, false, null);

    @JsonCreator
    public CallRecord {
    }

    CallRecord(int attempts, Instant openSince, int unknown, boolean brokeDown, Instant brokeDownAt) {
        this(attempts, openSince, unknown, brokeDown, brokeDownAt, null, null, null);
    }

    @JsonIgnore
    public boolean isOpen() {
        return openSince != null;
    }

    /** Opening a call twice with the same time counts once: it is one call whose write was retried. */
    CallRecord open(Instant at, String where) {
        return at.equals(openSince)
                ? this
                : new CallRecord(attempts + 1, at, isOpen() ? unknown + 1 : unknown, brokeDown, brokeDownAt, where,
                        null, refusedBy);
    }

    /** The provider has told the id of the open call. */
    CallRecord identify(String told) {
        return isOpen()
                ? new CallRecord(attempts, openSince, unknown, brokeDown, brokeDownAt, provider, told, refusedBy)
                : this;
    }

    CallRecord close() {
        return closed(attempts, brokeDown, brokeDownAt, refusedBy);
    }

    CallRecord closeOnServerError(Instant at) {
        return closed(attempts, true, at, refusedBy);
    }

    /** The moderation of the provider has refused the image. */
    CallRecord closeOnModeration() {
        Set<String> all = new LinkedHashSet<>(refusedBy == null ? List.of() : refusedBy);
        all.add(provider);
        return closed(attempts, brokeDown, brokeDownAt, List.copyOf(all));
    }

    /** Removes the open call, which was never sent, from the count. */
    CallRecord discard() {
        return isOpen() ? closed(attempts - 1, brokeDown, brokeDownAt, refusedBy) : this;
    }

    private CallRecord closed(int sent, boolean serverError, Instant at, List<String> refusing) {
        return new CallRecord(sent, null, unknown, serverError, at, provider, null, refusing);
    }
}
