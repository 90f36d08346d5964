package com.kt.event.content.generator;

import io.vertx.core.MultiMap;

/** What came back. Of an error the body may be cut short. */
record HttpAnswer(int status, MultiMap headers, AnswerBody body) {
    boolean isGood() {
        return isGood(status);
    }

    static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }
}
