package com.kt.event.content.provider;

import java.time.Duration;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/**
 * A request, and the limits of its response.
 *
 * @param content may be empty
 * @param body takes the body of a successful response; an error is read up to {@link HttpExchange#MAX_ERROR_BYTES}
 * @param limit for the whole call, from the request for a connection to the last byte of the response
 * @param idle the longest time without progress; null if only {@code limit} counts
 * @param permit needed to receive more than the beginning of a response; null if none is needed
 */
record HttpCall(RequestOptions request, Buffer content, ResponseBody body, Duration limit, Duration idle,
        DownloadPermit permit) {
}
