package com.kt.event.content.api.http;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.kt.event.content.api.problem.Problem;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses unsafe requests from pages of other sites. Browsers send a POST without a body, such as that of a form, without a
 * CORS preflight, and with the owner's cookies if the gateway uses cookies: any page could spend money. Browsers tell the
 * origin of a request in Sec-Fetch-Site (Fetch Metadata, W3C); other clients do not, and need not.
 */
@ApplicationScoped
class CrossSiteRequests {
    static final String SEC_FETCH_SITE = "Sec-Fetch-Site";

    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final boolean corsEnabled;

    CrossSiteRequests(
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean corsEnabled) {
        this.corsEnabled = corsEnabled;
    }

    void install(@Observes Router router) {
        router.route("/api/content/*").order(RequestLimits.ORDER + 1).handler(this::check);
    }

    private void check(RoutingContext event) {
        if (isRefused(event.request())) {
            event.fail(403, Problem.INVALID_REQUEST.with(403, "pages of other sites may not send this request"));
        } else {
            event.next();
        }
    }

    /** If CORS is enabled, Quarkus has refused the origins that are not allowed before this. */
    private boolean isRefused(HttpServerRequest request) {
        return !SAFE_METHODS.contains(request.method())
                && "cross-site".equalsIgnoreCase(request.getHeader(SEC_FETCH_SITE))
                && !(corsEnabled && request.headers().contains(HttpHeaderNames.ORIGIN));
    }
}
