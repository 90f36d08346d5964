package com.kt.event.content.api;

import java.io.IOException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * The calls take no input beside address and headers, so a body may be left out, or be {@code null}, as generated Go
 * clients write an absent one; any other is a JSON object, whose members are ignored. Read here and not by RESTEasy, which would look for a body in every
 * request, keep a thread waiting for a large one, not ask for one that a client holds back (Expect: 100-continue), and
 * cut one of unknown length off without a word.
 */
@ApplicationScoped
class RequestBodies {
    private final BodyHandler reader;
    private final ObjectReader json;

    RequestBodies(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper json) {
        this.reader = BodyHandler.create(false).setBodyLimit(limit.asLongValue());
        this.json = json.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    void install(@Observes Router router) {
        router.post("/api/content/*").order(RequestLimits.ORDER + 2).handler(this::read).handler(this::check);
    }

    private void read(RoutingContext event) {
        HttpServerRequest request = event.request();
        if (isAbsent(request)) {
            event.next();
        } else if (!isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
            event.fail(415);
        } else if (request.version() == HttpVersion.HTTP_2) {
            // Left unread: RESTEasy refuses an HTTP/2 request that was (https://github.com/quarkusio/quarkus/issues/34393).
            event.next();
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
        if (body == null || body.length() == 0 || isObjectOrNull(body)) {
            event.next();
        } else {
            event.fail(400, Problem.INVALID_REQUEST.with("the body must be a JSON object"));
        }
    }

    /** Without a Content-Type it can still be. */
    private static boolean isJson(String contentType) {
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
