package com.kt.event.content.idempotency;

/** The idempotency key came with another request before. */
public class IdempotencyKeyReusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IdempotencyKeyReusedException() {
        super("this Idempotency-Key came with another request before");
    }
}
