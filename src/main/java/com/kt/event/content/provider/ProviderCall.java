package com.kt.event.content.provider;

import java.io.IOException;
import java.time.Duration;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** One paid call of a configured provider, which may take several requests. They share its time limit. */
public interface ProviderCall {
    /** Reads a response. It runs on a thread that may block, unless the response is short. */
    @FunctionalInterface
    interface Reading<T> {
        /**
         * Reads a successful response. Failures are {@link ImageFailure}s.
         *
         * @throws IOException if the response cannot be read; becomes {@link ImageFailure.Reason#INVALID}
         */
        T read(ProviderResponse response) throws IOException;

        /** The meaning of a response that is not successful. */
        default ImageFailure failure(ProviderResponse response) {
            return response.failure();
        }
    }

    ProviderConfig config();

    /** Sends a request, once. Fails with {@link ImageFailure}, and as the reading does. */
    <T> Uni<T> send(ProviderRequest request, Reading<T> reading);

    /**
     * Writes down by which id the provider can be asked for the outcome, so that it is not paid again after a crash. To be
     * called as soon as the id is known, and before anything else.
     */
    Uni<Void> recordId(String id);

    /** Completes after a time, as the wait before the provider is asked again. */
    Uni<Void> delay(Duration time);

    /** The JSON of a request. */
    Buffer json(Object request);
}
