package com.kt.event.content.redis;

/** A value in Redis cannot be read; retrying does not help. */
public class UnreadableValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message without the value, which may be long, or secret, or have line breaks in it */
    public UnreadableValueException(String message) {
        super(message);
    }
}
