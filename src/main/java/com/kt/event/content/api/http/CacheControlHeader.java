package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;

/**
 * Forbids caches to store any answer but those that say themselves for how long they are good. Of one that says nothing a
 * cache may make that up, a 404 included (RFC 9111, 4.2.2), and jobs and galleries change at any moment.
 *
 * <p>It is no-store and not no-cache. With no-cache a browser would write each state of each job to its disk, and add an
 * If-None-Match of its own to a request whose page did not: a {@code Prefer: wait} would then wait for a change from a state
 * that the page may never have seen. A page that wants a 304 sends If-None-Match itself, and for that request browsers leave
 * their cache aside in any case (Fetch, HTTP-network-or-cache fetch).
 */
@ApplicationScoped
class CacheControlHeader {
    private static final String NO_STORE = "no-store";

    void install(@Observes Router router) {
        router.route("/api/content/*").order(RequestLimits.ORDER + 1).handler(event -> {
            event.addHeadersEndHandler(head -> addTo(event.response().headers()));
            event.next();
        });
    }

    private static void addTo(MultiMap headers) {
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
        }
    }
}
