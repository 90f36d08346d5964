package com.kt.event.content.provider;

import java.io.IOException;

/** The received bytes are not an image, or are an incomplete or damaged one. The message names the defect. */
class BrokenImageException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenImageException(String message) {
        super(message);
    }

    ImageFailure toFailure() {
        return ImageApiFailures.invalid("the image is unusable: " + getMessage());
    }
}
