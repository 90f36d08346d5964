package com.kt.event.content.rendition;

/** The image has more bytes than the channel accepts, at the lowest quality and drawn as small as is allowed. */
public class RenditionTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RenditionTooLargeException(String message) {
        super(message);
    }
}
