package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.kt.event.content.gallery.ImageStore;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Takes away what stands behind the address of an image. It means nothing there, and crawlers and messengers hang on what
 * is no part of a URI: raw UTF-8, a lone percent sign, braces. Done before everybody who reads addresses, CORS included,
 * for each of them would refuse it.
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
            // Those that Quarkus sets before any route (Connection: close, while it stops), and a reroute clears.
            event.put(HEADERS, MultiMap.caseInsensitiveMultiMap().addAll(event.response().headers()));
            event.reroute(request.path());
        } else {
            event.next();
        }
    }
}
