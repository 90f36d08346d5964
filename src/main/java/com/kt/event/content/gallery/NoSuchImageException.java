package com.kt.event.content.gallery;

/** There is no image here: never made, expired, or deleted. */
public class NoSuchImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchImageException(String message) {
        super(message);
    }
}
