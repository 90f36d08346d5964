package com.kt.event.content.channel;

/** No rendition of the image can be made, now or later. The message says why. */
public class NoRenditionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRenditionException(String message) {
        super(message);
    }

    NoRenditionException(String message, Throwable cause) {
        super(message, cause);
    }
}
