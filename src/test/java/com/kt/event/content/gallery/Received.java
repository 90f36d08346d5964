package com.kt.event.content.gallery;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.kt.event.content.PatientAwaitility;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A client that receives bytes, and keeps them. */
class Received implements WriteStream<Buffer> {
    final Buffer bytes = Buffer.buffer();

    static byte[] from(ImageBytes image, long offset, long length) {
        Received received = new Received();
        try {
            image.sendTo(received, offset, length).toCompletionStage().toCompletableFuture()
                    .orTimeout(PatientAwaitility.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return received.bytes.getBytes();
    }

    @Override
    public synchronized Future<Void> write(Buffer data) {
        bytes.appendBuffer(data);
        return Future.succeededFuture();
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        throw new UnsupportedOperationException("the stream is left open");
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
        return this;
    }
}
