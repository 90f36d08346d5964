package com.kt.event.content.gallery;

import java.io.IOException;

/** An image that exists, or may exist, cannot be read or deleted now. The message names the file and is for operators. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(IOException cause) {
        super("the image store is unavailable: " + cause, cause, false, false);
    }
}
