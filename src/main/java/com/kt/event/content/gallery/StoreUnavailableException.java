package com.kt.event.content.gallery;

import java.io.IOException;

/** An image is there, or may be, and cannot be read or deleted now. Its message is for operators: it names the file. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(IOException cause) {
        super("the image store has trouble: " + cause, cause, false, false);
    }
}
