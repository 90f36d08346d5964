package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.kt.event.content.gallery.ImageStore;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Removes the query of an image's address. It has no meaning, and crawlers and messengers append text that is invalid in a
 * URI: raw UTF-8, a single percent sign, braces. Runs before every handler that parses the URI, CORS included, because each
 * of them would refuse the request.
 */
@ApplicationScoped
class ImageQueries {
    private static final String IMAGES = ImageStore.FILES_PATH + "/";
    private static final String HEADERS = ImageQueries.class.getName();

    void install(@Observes Router router) {
        router.route().order(RequestLimits.FRAMING_ORDER - 2).handler(this::remove);
    }

    private void remove(RoutingContext event) {
        HttpServerRequest request = event.request();
        MultiMap headers = event.get(HEADERS);
        if (headers != null) {
            event.response().headers().addAll(headers);
            event.next();
        } else if (request.query() != null && request.path().startsWith(IMAGES)) {
            // A reroute clears the headers that Quarkus sets before any route (Connection: close during a shutdown).
            event.put(HEADERS, MultiMap.caseInsensitiveMultiMap().addAll(event.response().headers()));
            event.reroute(request.path());
        } else {
            event.next();
        }
    }
}
