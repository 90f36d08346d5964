package com.kt.event.content.provider;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A response. The body of a successful one is in the {@link ResponseBody} of the call.
 *
 * @param error the body of an error, which may be incomplete; else empty
 */
record HttpResponse(int status, MultiMap headers, Buffer error) {
    boolean isGood() {
        return isGood(status);
    }

    static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }
}
