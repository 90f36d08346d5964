package com.kt.event.content.rendition.vp8;

/** The frame is damaged or incomplete. */
public class Vp8Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Vp8Exception(String message) {
        super(message);
    }
}
