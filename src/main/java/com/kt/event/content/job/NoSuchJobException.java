package com.kt.event.content.job;

/** No job has this id: it never had one, or it has expired. */
public class NoSuchJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchJobException() {
        super("no job has this id: it never existed, or has expired");
    }
}
