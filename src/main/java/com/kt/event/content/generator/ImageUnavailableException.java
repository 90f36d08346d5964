package com.kt.event.content.generator;

import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.settings.ProviderSettings;

/**
 * There will be no image, and no further call is made. The message is one line for operators, and quotes neither prompt nor
 * key.
 */
public class ImageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason as the owner is told. */
    public enum Reason {
        /** Moderation refused the prompt or the image. */
        REJECTED,
        TIMEOUT,
        ERROR,
        /** The response is not an image that is accepted. */
        INVALID
    }

    private final Reason reason;

    ImageUnavailableException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static ImageUnavailableException of(ImageFailure failure) {
        Reason reason = switch (failure.reason()) {
            case REJECTED -> Reason.REJECTED;
            case TIMEOUT -> Reason.TIMEOUT;
            case ERROR -> Reason.ERROR;
            case INVALID -> Reason.INVALID;
        };
        return new ImageUnavailableException(reason, failure.getMessage());
    }

    /** @param provider that was called last; the log names it, unless it is the default */
    static ImageUnavailableException of(ImageFailure failure, String provider) {
        ImageUnavailableException unavailable = of(failure);
        return provider.equals(ProviderSettings.DEFAULT)
                ? unavailable
                : new ImageUnavailableException(unavailable.reason,
                        "provider " + provider + ": " + unavailable.getMessage());
    }

    public Reason reason() {
        return reason;
    }
}
