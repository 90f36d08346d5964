package com.kt.event.content.generator;

import java.io.IOException;

/** What came is no picture, or not all of one, or damaged. Its message says what it is. */
class BrokenPictureException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPictureException(String message) {
        super(message);
    }

    ImageFailure toFailure() {
        return ImageApiFailures.invalid("what the image API sent is " + getMessage());
    }
}
