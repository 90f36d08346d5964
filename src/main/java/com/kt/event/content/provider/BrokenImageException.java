package com.kt.event.content.provider;

import java.io.IOException;

/** What came is no image, or not all of one, or damaged. Its message says what it is. */
class BrokenImageException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenImageException(String message) {
        super(message);
    }

    ImageFailure toFailure() {
        return ImageApiFailures.invalid("what the image API sent is " + getMessage());
    }
}
