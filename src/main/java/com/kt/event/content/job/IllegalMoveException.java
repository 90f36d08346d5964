package com.kt.event.content.job;

/** The job's state does not allow the move, such as completing a cancelled style. */
public class IllegalMoveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IllegalMoveException(String message) {
        super(message);
    }
}
