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
 * Says when an answer was made, as an origin with a clock must (RFC 9110, 6.6.1): caches reckon its age from that. Neither
 * Vert.x nor Quarkus does. What Vert.x refuses before there is a request, because it is no HTTP, goes without.
 */
@ApplicationScoped
class DateHeader {
    private final Clock clock;

    /** All answers of one second share it. */
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
                // A target that is no path, as that of OPTIONS *, fails before it comes to any handler.
                .failureHandler(this::add);
    }

    /** Not before the head is sent: whoever asked may have waited for the answer. */
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
