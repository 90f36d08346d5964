package com.kt.event.content.gallery;

/** There is no picture here: never made, expired, or deleted. */
public class NoSuchPictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchPictureException(String message) {
        super(message);
    }
}
