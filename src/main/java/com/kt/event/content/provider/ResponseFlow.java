package com.kt.event.content.provider;

import io.vertx.core.http.HttpClientResponse;

/** A response that is read while nothing pauses it; there may be several reasons. Used on the connection's context only. */
final class ResponseFlow {
    private final HttpClientResponse response;
    private int pauses;

    ResponseFlow(HttpClientResponse response) {
        this.response = response;
    }

    void pause() {
        if (pauses++ == 0) {
            response.pause();
        }
    }

    void resume() {
        if (--pauses == 0) {
            response.resume();
        }
    }
}
