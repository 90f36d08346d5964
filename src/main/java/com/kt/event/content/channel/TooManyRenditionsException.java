package com.kt.event.content.channel;

/** As many renditions as are allowed wait to be made. */
public class TooManyRenditionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyRenditionsException() {
        super("too many renditions are being made");
    }
}
