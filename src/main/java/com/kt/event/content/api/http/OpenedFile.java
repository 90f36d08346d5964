package com.kt.event.content.api.http;

import java.io.IOException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends a file from the open file, so that it may be deleted meanwhile. Vert.x's own sendFile takes a name, and where the
 * file goes between its look and its opening, it counts the head as written although nothing was sent (Http1xServerResponse,
 * 4.5.25): then nobody can say anything any more.
 */
final class OpenedFile {
    private static final OpenOptions READ = new OpenOptions().setRead(true).setWrite(false).setCreate(false);

    /** An image has some megabytes, and each piece is read by another thread. */
    private static final int PIECE = 128 * 1024;

    private OpenedFile() {
    }

    /**
     * Answers when the slice of the file is sent. Where that fails, something else can be answered unless the head
     * is written; then the connection (or the stream) has been closed, for the client waits for the rest.
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
        return file.setReadBufferSize(PIECE).setReadPos(slice.offset()).setReadLength(slice.length())
                .pipe().endOnComplete(false).to(response)
                .compose(sent -> response.bytesWritten() < slice.length()
                        ? Future.failedFuture(new IOException("the file has become shorter"))
                        : response.end());
    }
}
