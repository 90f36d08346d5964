package com.kt.event.content.rendition;

/** The source is not an image of a known format, is damaged, or has more pixels than are decoded. The message says which. */
public class UndecodableImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UndecodableImageException(String message) {
        super(message);
    }

    public UndecodableImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
