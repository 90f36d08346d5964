package com.kt.event.content.provider;

import java.time.Duration;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/**
 * A request, and what its answer may take.
 *
 * @param body may be empty
 * @param maxBytes the most that a good answer may have; an error is read up to {@link HttpExchange#MAX_ERROR_BYTES}
 * @param limit for all of it, from looking for a connection to the answer's last byte
 * @param idle the longest that nothing may come; null where only {@code limit} counts
 * @param permit needed to receive more than the beginning of a response; null if none is needed
 */
record HttpCall(RequestOptions request, Buffer body, long maxBytes, Duration limit, Duration idle,
        DownloadPermit permit) {
}
