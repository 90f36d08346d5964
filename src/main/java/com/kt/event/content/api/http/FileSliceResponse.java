package com.kt.event.content.api.http;

import java.io.IOException;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends a part of an image file, which may be gone or become unreadable while it is sent. */
final class FileSliceResponse {
    private FileSliceResponse() {
    }

    /**
     * Completes when the slice has been sent. After a failure another response can be sent, unless the head was written: then
     * the connection (or the HTTP/2 stream) has been reset, because the client waits for the rest.
     */
    static Future<Void> send(FileSlice slice, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(slice.length()));
        // The bytes would be read, perhaps over a network, and thrown away.
        return request.method() == HttpMethod.HEAD ? response.end() : sendBytes(slice, response);
    }

    private static Future<Void> sendBytes(FileSlice slice, HttpServerResponse response) {
        return slice.bytes().sendTo(response, slice.offset(), slice.length())
                .compose(sent -> response.bytesWritten() < slice.length()
                        ? Future.failedFuture(new IOException("the file was truncated"))
                        : response.end())
                .onFailure(failure -> {
                    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
                    if (response.headWritten()) {
                        response.reset();
                    }
                });
    }
}
