package com.kt.event.content.gallery;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

import software.amazon.awssdk.utils.BinaryUtils;

/**
 * The bytes of an object, passed on as they arrive: the next are read from S3 once the last are written, so that a slow
 * client costs a few kilobytes of memory.
 */
record S3Bytes(S3Bucket bucket, String key) implements ImageBytes {
    /** Buffers between S3 and the client; by default they would be 256. */
    private static final int MOST_WAITING = 2;

    @Override
    public Future<Void> sendTo(WriteStream<Buffer> out, long offset, long length) {
        Context context = Vertx.currentContext();
        Uni<Void> sent = bucket.open(key, offset, length)
                .chain(bytes -> (context == null
                        ? bytes
                        : bytes.emitOn(task -> context.runOnContext(none -> task.run()), MOST_WAITING))
                        .onItem().transformToUniAndConcatenate(part -> write(part, out))
                        .onItem().ignoreAsUni())
                .onFailure().transform(S3Bytes::described);
        return Future.fromCompletionStage(sent.subscribeAsCompletionStage());
    }

    private static Uni<Void> write(ByteBuffer part, WriteStream<Buffer> out) {
        return Uni.createFrom().completionStage(() -> out
                .write(Buffer.buffer(BinaryUtils.copyRemainingBytesFrom(part))).toCompletionStage());
    }

    private static Throwable described(Throwable failure) {
        if (S3Failures.isMissing(failure)) {
            return new NoSuchImageException("the image file is gone");
        }
        Throwable described = S3Failures.unavailable(failure);
        return described instanceof IOException unavailable ? new StoreUnavailableException(unavailable) : described;
    }
}
