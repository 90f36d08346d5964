package com.kt.event.content.image;

import java.io.IOException;

/** The received bytes are not an image, or are an incomplete or damaged one. The message names the defect. */
public class BrokenImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenImageException(String message) {
        super(message);
    }
}
