package com.kt.event.content.gallery;

/** The image has expired or was deleted, not long ago. */
public class ImageGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImageGoneException() {
        super("the image has expired or was deleted");
    }
}
