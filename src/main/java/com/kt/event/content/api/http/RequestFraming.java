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
 * Finds HTTP/1.x requests whose end is ambiguous. A gateway and this service that disagree on the end of a request allow
 * request smuggling (RFC 9112, 6.1 and 6.3). Netty itself refuses what is plainly invalid, such as two lengths or a blank
 * before a colon.
 */
final class RequestFraming {
    /** The shortest Content-Length. */
    private static final int LENGTH_SIZE = "content-length:0".length();

    private RequestFraming() {
    }

    /** The reason to refuse the request; null if there is none. */
    static String fault(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty() || request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        if (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
            return "chunked is the only supported transfer encoding";
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            return "HTTP/1.0 has no transfer encoding";
        }
        return request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || unknownSize(request) >= Math.max(LENGTH_SIZE, request.headers().entries().size() + 1)
                        ? "a request must not have both Transfer-Encoding and Content-Length"
                        : null;
    }

    /**
     * Whether the request may have had a Content-Length in spite of {@link #fault}. That is possible only if it has many
     * headers without a blank after their colons.
     */
    static boolean isAmbiguous(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && unknownSize(request) >= LENGTH_SIZE;
    }

    /**
     * Netty removes the Content-Length of a request that is also chunked (HttpObjectDecoder, 4.1.130), but reports the size
     * of the headers that it read. This is the difference to the size of the remaining headers: the blanks around their
     * values, usually one each, and the header that was removed.
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
