package com.kt.event.content.provider;

import io.vertx.core.MultiMap;

/** A response, whose body may be incomplete if it is an error. */
record HttpResponse(int status, MultiMap headers, ResponseBody body) {
    boolean isGood() {
        return isGood(status);
    }

    static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }
}
