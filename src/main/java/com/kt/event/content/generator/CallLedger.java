package com.kt.event.content.generator;

import java.time.Instant;

import io.smallrye.mutiny.Uni;

/**
 * Where each paid call of an image is written down: before it goes out, and when it came to nothing. Whoever keeps it
 * stops a call by failing; with what, the caller of {@link ImageGenerator} gets to see.
 */
public interface CallLedger {
    /** Whether the provider has broken down over this image before, which it may do once. */
    boolean brokeDown();

    /** When the provider last did; null where it did not, or nobody wrote down when. */
    Instant brokeDownAt();

    /** The next call goes out as soon as this is written. */
    Uni<Void> calling();

    /** The call was turned away before anything was made. */
    Uni<Void> refused();

    /** The provider broke down over the call, which most likely made nothing. */
    Uni<Void> brokenDown();

    /** The call did not go out after all, or was turned away for what an operator has to mend: it counts as none. */
    Uni<Void> notSent();
}
