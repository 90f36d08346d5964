package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.MDC;

import com.kt.event.content.api.problem.RequestId;

import io.vertx.ext.web.Router;

/** Gives each request its {@link RequestId}, and each log line of the request the same id. */
@ApplicationScoped
class RequestIdHandler {
    /** Before every handler that answers requests. */
    private static final int ORDER = RequestLimits.FRAMING_ORDER - 100;

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(event -> {
            MDC.put(RequestId.NAME, RequestId.of(event));
            event.next();
        });
    }
}
