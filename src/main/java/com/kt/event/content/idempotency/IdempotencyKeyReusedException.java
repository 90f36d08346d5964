package com.kt.event.content.idempotency;

/** The key came before, with another request: one of the two has the wrong key. */
public class IdempotencyKeyReusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IdempotencyKeyReusedException() {
        super("this Idempotency-Key came with another request before");
    }
}
