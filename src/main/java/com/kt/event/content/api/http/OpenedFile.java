package com.kt.event.content.api.http;

import java.io.IOException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a file that may be deleted meanwhile, by opening it first. Vert.x's sendFile takes a name: if the file is deleted
 * between its check and its opening, it marks the head as written although nothing was sent (Http1xServerResponse, 4.5.25),
 * so that no error can be sent either.
 */
final class OpenedFile {
    private static final OpenOptions READ = new OpenOptions().setRead(true).setWrite(false).setCreate(false);

    /** Large, because images have megabytes and each read is a task of a worker thread. */
    private static final int BUFFER_SIZE = 128 * 1024;

    private OpenedFile() {
    }

    /**
     * Completes when the slice has been sent. After a failure another response can be sent, unless the head was written: then
     * the connection (or the HTTP/2 stream) has been reset, because the client waits for the rest.
     */
    static Future<Void> send(Vertx vertx, FileSlice slice, HttpServerResponse response) {
        return vertx.fileSystem().open(slice.file().toString(), READ)
                .compose(file -> send(file, slice, response).onComplete(sent -> file.close()))
                .onFailure(failure -> {
                    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
                    if (response.headWritten()) {
                        response.reset();
                    }
                });
    }

    private static Future<Void> send(AsyncFile file, FileSlice slice, HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(slice.length()));
        return file.setReadBufferSize(BUFFER_SIZE).setReadPos(slice.offset()).setReadLength(slice.length())
                .pipe().endOnComplete(false).to(response)
                .compose(sent -> response.bytesWritten() < slice.length()
                        ? Future.failedFuture(new IOException("the file was truncated"))
                        : response.end());
    }
}
