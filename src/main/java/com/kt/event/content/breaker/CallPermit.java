package com.kt.event.content.breaker;

import io.smallrye.mutiny.Uni;

/** The right to one call of the image API. Its holder reports one outcome, by subscribing to what one of these returns. */
public interface CallPermit {
    /** The provider works, whether or not it made an image. */
    Uni<Void> success();

    /** The provider does not work, or asks not to be called for a time. */
    Uni<Void> failure(CallFailure failure);

    /** The outcome is unknown, or nobody waits for it. */
    Uni<Void> abandoned();
}
