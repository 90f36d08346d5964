package com.kt.event.content.api.http;

import java.lang.reflect.Field;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Has {@link ForwardedHeaders} see each request before Quarkus does. Quarkus has no place for that: it reads the headers
 * before the first route of the router, and once (3.34.1, ForwardedProxyHandler), so this goes before the handler that it
 * has made. Where a later Quarkus keeps that elsewhere, the service does not start.
 */
@ApplicationScoped
@RegisterForReflection(targets = VertxHttpRecorder.class, methods = false)
class RootHandler {
    private static final String FIELD = "rootHandler";

    /** After Quarkus has made it, and before the first request comes. */
    void install(@Observes StartupEvent event) {
        try {
            Field field = VertxHttpRecorder.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Handler<HttpServerRequest> next = (Handler<HttpServerRequest>) field.get(null);
            field.set(null, first(next));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no request can be seen before Quarkus sees it", e);
        }
    }

    private static Handler<HttpServerRequest> first(Handler<HttpServerRequest> next) {
        return request -> {
            ForwardedHeaders.tidy(request);
            next.handle(request);
        };
    }
}
