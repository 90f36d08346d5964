package com.kt.event.content.generator;

import java.io.IOException;

/** What begins like a picture ends in the middle of it, or is damaged. */
class BrokenPictureException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPictureException(String message) {
        super(message);
    }
}
