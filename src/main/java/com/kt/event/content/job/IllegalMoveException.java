package com.kt.event.content.job;

/** Somebody asked for a move that a job's life does not know, such as completing what was cancelled. */
public class IllegalMoveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IllegalMoveException(String message) {
        super(message);
    }
}
