package com.kt.event.content.gallery;

/** The image does not exist: never generated, expired, or deleted. */
public class NoSuchImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchImageException(String message) {
        super(message);
    }
}
