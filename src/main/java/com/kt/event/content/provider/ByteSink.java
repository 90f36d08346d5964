package com.kt.event.content.provider;

import java.io.IOException;

/** Takes bytes that arrive, in their order, and perhaps on different threads. Blocks. */
@FunctionalInterface
interface ByteSink {
    /**
     * @param bytes filled up to {@code count}; used again afterwards
     * @throws IOException if they cannot be stored
     */
    void accept(byte[] bytes, int count) throws IOException;
}
