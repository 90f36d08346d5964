package com.kt.event.content.api.http;

import java.time.Clock;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Adds the header Date to every response, as an origin server with a clock must (RFC 9110, 6.6.1): caches compute the age
 * from it. Neither Vert.x nor Quarkus adds it. The exception is what Vert.x refuses because it is not HTTP at all.
 */
@ApplicationScoped
class DateHeader {
    private final Clock clock;

    /** Shared by all responses of one second. */
    private volatile Second last = new Second(Instant.EPOCH.getEpochSecond());

    private record Second(long second, CharSequence text) {
        Second(long second) {
            this(second, HttpHeaders.createOptimized(HttpDate.format(Instant.ofEpochSecond(second))));
        }
    }

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    void install(@Observes Router router) {
        router.route().order(RequestLimits.FRAMING_ORDER - 1).handler(this::add)
                // A target that is not a path, such as that of OPTIONS *, fails before any handler is called.
                .failureHandler(this::add);
    }

    /** Set when the head is sent, because a long poll takes seconds. */
    private void add(RoutingContext event) {
        event.addHeadersEndHandler(head -> event.response().putHeader(HttpHeaderNames.DATE, now()));
        event.next();
    }

    private CharSequence now() {
        long second = clock.instant().getEpochSecond();
        Second now = last;
        if (now.second() != second) {
            now = new Second(second);
            last = now;
        }
        return now.text();
    }
}
