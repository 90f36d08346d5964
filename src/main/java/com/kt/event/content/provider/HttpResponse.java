package com.kt.event.content.provider;

import io.vertx.core.MultiMap;

/** What came back. Of an error the body may be cut short. */
record HttpResponse(int status, MultiMap headers, ResponseBody body) {
    boolean isGood() {
        return isGood(status);
    }

    static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }
}
