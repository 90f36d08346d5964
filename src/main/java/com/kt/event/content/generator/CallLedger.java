package com.kt.event.content.generator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import io.smallrye.mutiny.Uni;

/**
 * The record of an image's paid calls, which survives this process. If a method fails, so does
 * {@link ImageGenerator#generate}, with the same failure and without another call.
 */
public interface CallLedger {
    /** Whether a call for this image ended in a server error before, after which there is only one more call. */
    boolean hadServerError();

    /** When the last one did; null if none did, or if the time was not recorded. */
    Instant lastServerError();

    /** Whether the outcome of the last call is unknown, because a worker died or stopped during it. */
    boolean isOpen();

    /** For how long the image is waited for; not positive if nobody waits any more. */
    Duration timeLeft();

    /** At which provider the last call was made; null if there was none, or if it was not recorded. */
    String lastProvider();

    /** The id by which that provider can be asked for the outcome of the open call; null if there is none. */
    String openId();

    /** The names of the providers whose moderation has refused the image. */
    Collection<String> refusedBy();

    /**
     * Records a call that goes out as soon as this completes. Fails with {@link OutcomeAwaitedException} if there is an
     * {@link #openId} now: the worker that made the last call may have written it down late.
     */
    Uni<Void> recordCall(String provider);

    /** Records the id by which the provider can be asked for the outcome of the call, whoever runs the job now. */
    Uni<Void> recordId(String id);

    /** Notes an image that the provider has made. */
    void made(MadeImage image);

    /** The provider refused the call before it made anything. */
    Uni<Void> recordRefusal();

    /** The provider's moderation refused the image, and another provider will be asked. */
    Uni<Void> recordModerationRefusal();

    /** The call ended in a server error, and most likely nothing was made. */
    Uni<Void> recordServerError();

    /** The call did not go out, or was refused for an operator's fault: it does not count. */
    Uni<Void> recordNotSent();
}
