package com.kt.event.content.api.http;

import java.io.IOException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.kt.event.content.api.problem.Problem;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Checks the bodies of requests, which are ignored: no call has an input besides its URI and headers. A body may be absent,
 * {@code null} (as generated Go clients write an absent one), or a JSON object. It is read here and not by RESTEasy, which
 * would read a body of every request, block a thread while a large one arrives, not request one that the client holds back
 * (Expect: 100-continue), and close the connection on one of unknown length without a response. {@link Http2Bodies} reads
 * bodies that arrive over HTTP/2.
 */
@ApplicationScoped
class RequestBodies {
    private final long limit;
    private final BodyHandler reader;
    private final ObjectReader json;

    RequestBodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json) {
        this.limit = limit.asLongValue();
        this.reader = BodyHandler.create(false).setBodyLimit(this.limit);
        this.json = json.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    void install(@Observes Router router) {
        router.post("/api/content/*").order(RequestLimits.ORDER + 2).handler(this::read).handler(this::check);
    }

    private void read(RoutingContext event) {
        HttpServerRequest request = event.request();
        if (request.version() == HttpVersion.HTTP_2 || isAbsent(request)) {
            event.next();
        } else if (!isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
            event.fail(415);
        } else {
            reader.handle(event);
        }
    }

    private static boolean isAbsent(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) : length.equals("0");
    }

    private void check(RoutingContext event) {
        Buffer body = event.body().buffer();
        if (body == null || isAcceptable(body)) {
            event.next();
        } else {
            event.fail(400, notAnObject());
        }
    }

    static HttpProblem notAnObject() {
        return Problem.INVALID_REQUEST.with("the body must be a JSON object");
    }

    /** In bytes. */
    long limit() {
        return limit;
    }

    boolean isAcceptable(Buffer body) {
        return body.length() == 0 || isObjectOrNull(body);
    }

    /** A missing Content-Type is accepted. */
    static boolean isJson(String contentType) {
        return contentType == null
                || HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(HttpUtil.getMimeType(contentType));
    }

    private boolean isObjectOrNull(Buffer body) {
        try {
            JsonNode value = json.readTree(body.getBytes());
            return value.isObject() || value.isNull();
        } catch (IOException e) {
            return false;
        }
    }
}
