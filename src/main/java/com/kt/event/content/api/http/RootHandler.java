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
 * Applies {@link ForwardedHeaders} to each request before Quarkus reads it. Quarkus has no extension point for that: it
 * reads the headers once, before the first route (3.34.1, ForwardedProxyHandler). So this wraps its root handler, by
 * reflection. If a later Quarkus has no such field, the service does not start.
 */
@ApplicationScoped
@RegisterForReflection(targets = VertxHttpRecorder.class, methods = false)
class RootHandler {
    private static final String FIELD = "rootHandler";

    /** After Quarkus has created the root handler, and before the first request. */
    void install(@Observes StartupEvent event) {
        try {
            Field field = VertxHttpRecorder.class.getDeclaredField(FIELD);
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            Handler<HttpServerRequest> next = (Handler<HttpServerRequest>) field.get(null);
            field.set(null, first(next));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot wrap the root handler of Quarkus", e);
        }
    }

    private static Handler<HttpServerRequest> first(Handler<HttpServerRequest> next) {
        return request -> {
            ForwardedHeaders.correct(request);
            next.handle(request);
        };
    }
}
