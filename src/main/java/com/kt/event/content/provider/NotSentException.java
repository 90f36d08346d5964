package com.kt.event.content.provider;

import java.net.ConnectException;

import javax.net.ssl.SSLHandshakeException;

/** The request never left this machine as a whole, for whatever reason: nobody can have acted on it. */
class NotSentException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private NotSentException(Throwable cause) {
        super("no request was sent: " + cause.getClass().getSimpleName());
        initCause(cause);
    }

    /** A handshake that failed says more by itself, and as clearly that nothing was sent. */
    static Throwable of(Throwable cause) {
        return cause instanceof SSLHandshakeException ? cause : new NotSentException(cause);
    }
}
