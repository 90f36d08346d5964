package com.kt.event.content.api.http;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Whether everybody who reads an HTTP/1.x request agrees where it ends. A gateway that reads another end takes the rest for
 * a request that it never let in (request smuggling, RFC 9112 6.1 and 6.3). What is plainly wrong, such as two lengths or a
 * blank before a colon, Netty refuses itself.
 */
final class RequestFraming {
    /** What a Content-Length has at the least. */
    private static final int LENGTH_SIZE = "content-length:0".length();

    private RequestFraming() {
    }

    /** What is wrong with it; null where all is well. */
    static String fault(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty() || request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
            return "chunked is the only transfer encoding that is known here";
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            return "HTTP/1.0 has no transfer encoding";
        }
        return request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || unknownSize(request) >= Math.max(LENGTH_SIZE, request.headers().entries().size() + 1)
                        ? "a request has a Transfer-Encoding or a Content-Length, not both"
                        : null;
    }

    /**
     * Whether there may have been a Content-Length all the same. That can only be where there are many headers, and the
     * caller left out the blank after their colons.
     */
    static boolean isDoubtful(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && unknownSize(request) >= LENGTH_SIZE;
    }

    /**
     * Netty removes the Content-Length of a request that is chunked as well (HttpObjectDecoder, 4.1.130), but tells how long
     * the headers were that it read. This is what they had more than those that are left: the blanks around their values,
     * one each as a rule, and a header that was removed.
     */
    private static int unknownSize(HttpServerRequest request) {
        return request.decoderResult() instanceof HttpMessageDecoderResult result
                ? result.headerSize() - size(request.headers())
                : 0;
    }

    private static int size(MultiMap headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + ":".length() + header.getValue().length();
        }
        return size;
    }
}
