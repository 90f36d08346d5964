package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;

/**
 * Adds {@code Cache-Control: no-store} to every response without a Cache-Control of its own. Otherwise caches may estimate
 * how long a response is fresh, even that of a 404 (RFC 9111, 4.2.2), and jobs and galleries change at any time.
 *
 * <p>With no-cache, a browser would write each state of each job to its disk, and add its own If-None-Match to a request
 * whose page sent none: a {@code Prefer: wait} would then wait for a change from a state that the page may never have seen.
 * A page that wants a 304 sends If-None-Match itself, and browsers bypass their cache for that request (Fetch,
 * HTTP-network-or-cache fetch).
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
