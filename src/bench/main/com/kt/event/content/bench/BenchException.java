package com.kt.event.content.bench;

/** The benchmark cannot go on, for a reason that its user can act on. */
public class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
