package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.WriteStream;

/**
 * The bytes of a file that may be deleted meanwhile: it is opened before anything is sent. Vert.x's sendFile takes a name: if
 * the file is deleted between its check and its opening, it marks the head as written although nothing was sent
 * (Http1xServerResponse, 4.5.25), so that no error can be sent either.
 */
record OpenedFile(Vertx vertx, Path file) implements ImageBytes {
    private static final OpenOptions READ = new OpenOptions().setRead(true).setWrite(false).setCreate(false);

    /** Large, because images have megabytes and each read is a task of a worker thread. */
    private static final int BUFFER_SIZE = 128 * 1024;

    @Override
    public Future<Void> sendTo(WriteStream<Buffer> out, long offset, long length) {
        return vertx.fileSystem().open(file.toString(), READ)
                .recover(failure -> Future.failedFuture(described(failure)))
                .compose(open -> open.setReadBufferSize(BUFFER_SIZE).setReadPos(offset).setReadLength(length)
                        .pipe().endOnComplete(false).to(out)
                        .onComplete(sent -> open.close()));
    }

    private static Throwable described(Throwable failure) {
        if (failure.getCause() instanceof NoSuchFileException) {
            return new NoSuchImageException("the image file is gone");
        }
        return failure.getCause() instanceof IOException unreadable
                ? new StoreUnavailableException(unreadable)
                : failure;
    }
}
