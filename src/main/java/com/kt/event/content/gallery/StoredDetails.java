package com.kt.event.content.gallery;

import java.util.Optional;
import java.util.concurrent.ExecutionException;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.image.ImageDetails;
import com.kt.event.content.image.WholeImages;

import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;

/**
 * Reads what a stored image is from its bytes, after a crash between its storing and the record of it. One at a time, since each
 * is in memory as a whole.
 */
@ApplicationScoped
class StoredDetails {
    /** The bytes are collected, and then copied into one array. */
    private static final int COPIES = 2;

    private final WholeImages memory;
    private final WorkerExecutor executor;

    StoredDetails(WholeImages memory, Vertx vertx) {
        this.memory = memory;
        this.executor = vertx.createSharedWorkerExecutor("stored-images", 1);
    }

    @PreDestroy
    void close() {
        executor.closeAndForget();
    }

    /** Empty if the bytes are no image. */
    Uni<Optional<ImageDetails>> of(StoredImage image) {
        return memory.within(COPIES * image.size(),
                Uni.createFrom().deferred(() -> executor.executeBlocking(() -> read(image), false)));
    }

    /** Blocks. */
    private static Optional<ImageDetails> read(StoredImage image) throws Exception {
        Collected bytes = new Collected((int) image.size());
        try {
            image.bytes().sendTo(bytes, 0, image.size()).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return ImageDetails.of(bytes.all.getBytes());
    }

    /** Never full: an image that is in the store was small enough to be received. */
    private static final class Collected implements WriteStream<Buffer> {
        private final Buffer all;

        Collected(int size) {
            this.all = Buffer.buffer(size);
        }

        @Override
        public Future<Void> write(Buffer part) {
            all.appendBuffer(part);
            return Future.succeededFuture();
        }

        @Override
        public void write(Buffer part, Handler<AsyncResult<Void>> handler) {
            write(part).onComplete(handler);
        }

        @Override
        public void end(Handler<AsyncResult<Void>> handler) {
            Future.<Void>succeededFuture().onComplete(handler);
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
