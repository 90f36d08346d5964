package com.kt.event.content.provider;

import java.net.ConnectException;

import javax.net.ssl.SSLHandshakeException;

/** The request was not sent completely, so the provider cannot have acted on it. */
class NotSentException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private NotSentException(Throwable cause) {
        super("the request was not sent: " + cause.getClass().getSimpleName());
        initCause(cause);
    }

    /**
     * A failed handshake also means that nothing was sent, and has the better message. A call that this service ended itself
     * is not the provider's failure.
     */
    static Throwable of(Throwable cause) {
        return cause instanceof SSLHandshakeException || cause instanceof ImageFailure.Abandoned
                ? cause
                : new NotSentException(cause);
    }
}
