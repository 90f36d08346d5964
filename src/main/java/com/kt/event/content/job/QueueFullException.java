package com.kt.event.content.job;

/** The queue has reached {@code content.queue.max-length}. */
public class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(int maxLength) {
        super("the queue already holds " + maxLength + " jobs");
    }
}
