package com.kt.event.content.gallery;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** The bytes of a stored image. */
@FunctionalInterface
public interface ImageBytes {
    /**
     * Writes a part of the bytes, as fast as the stream accepts them, and does not end the stream. Fails before anything is
     * written if the image is gone or cannot be read.
     *
     * @param offset of the first byte
     * @param length in bytes
     */
    Future<Void> sendTo(WriteStream<Buffer> out, long offset, long length);
}
