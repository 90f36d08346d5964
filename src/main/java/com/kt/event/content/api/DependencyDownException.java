package com.kt.event.content.api;

/** What we need to answer does not answer us. */
class DependencyDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DependencyDownException(Throwable cause) {
        super("Redis does not answer (" + cause + ")", cause);
    }
}
