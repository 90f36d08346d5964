package com.kt.event.content.idempotency;

/** What the first request with an idempotency key led to is not known, and to do it again might cost a second time. */
public class LostAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostAnswerException() {
        super("what the first request with this Idempotency-Key led to is not known any more: look at the draft's"
                + " images, and ask with another key");
    }
}
