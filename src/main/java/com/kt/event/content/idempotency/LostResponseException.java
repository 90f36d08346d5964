package com.kt.event.content.idempotency;

/** The outcome of the first request with an idempotency key is unknown, and repeating it might be charged again. */
public class LostResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostResponseException() {
        super("the outcome of the first request with this Idempotency-Key is no longer known: check the draft's images, and"
                + " send the request with another key");
    }
}
