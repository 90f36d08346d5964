package com.kt.event.content.api.http;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.kt.event.content.api.problem.AllowedMethods;
import com.kt.event.content.api.problem.Problem;
import com.kt.event.content.api.problem.RequestUri;
import com.kt.event.content.api.problem.RouterProblems;
import com.kt.event.content.idempotency.IdempotencyKey;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The limits that hold for every request. They are checked before other handlers, because those refuse a request with a
 * bare status.
 */
@ApplicationScoped
class RequestLimits {
    /** Before every handler that refuses requests: whatever the response, the connection must close after an ambiguous end. */
    static final int FRAMING_ORDER = -1_000;

    /** After CORS (-300), whose headers let a browser read the response, and before Quarkus reads the body (-2). */
    static final int ORDER = -250;

    /** In bytes. The headers of a gateway (token, cookies, traces) stay well below; nginx has the same limit for one header. */
    static final int HEADER_SIZE = 8 * 1024;
    static final int HEADERS_SIZE = 16 * 1024;

    private final long bodySize;
    private final RouterProblems problems;

    RequestLimits(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize bodySize,
            RouterProblems problems) {
        this.bodySize = bodySize.asLongValue();
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route().order(FRAMING_ORDER).handler(this::checkFraming);
        router.route().order(ORDER).handler(this::check).failureHandler(problems::respond);
    }

    private void checkFraming(RoutingContext event) {
        if (problems.isClosing(event)) {
            // It may be the rest of the body of a request that was refused.
            event.request().connection().close();
            return;
        }
        HttpServerRequest request = event.request();
        if (RequestFraming.fault(request) != null || RequestFraming.isAmbiguous(request)) {
            // The end of the body, and so the start of the next request, is unknown.
            problems.closeAfterResponse(event);
        }
        event.next();
    }

    private void check(RoutingContext event) {
        HttpProblem refusal = refusal(event);
        if (refusal != null) {
            event.fail(refusal.getStatusCode(), refusal);
        } else if (event.request().method() == HttpMethod.OPTIONS
                && event.normalizedPath().startsWith("/api/content")) {
            sendAllowedMethods(event);
        } else {
            event.next();
        }
    }

    private HttpProblem refusal(RoutingContext event) {
        HttpServerRequest request = event.request();
        HttpProblem refusal = RequestUri.refusal(request.uri());
        if (refusal != null) {
            return refusal;
        }
        if (!isScheme(request.scheme()) || !isHost(request.authority(), request.version())) {
            return Problem.INVALID_REQUEST.with("scheme or host is invalid");
        }
        HttpProblem refusalOfHeaders = refusalOfHeaders(request);
        return refusalOfHeaders == null ? refusalOfBody(request) : refusalOfHeaders;
    }

    /** Scheme and host may come from a gateway's headers. Links are built from them unchecked. */
    static boolean isScheme(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static boolean isHost(HostAndPort host, HttpVersion version) {
        return host == null || host.host().isEmpty()
                // Old health checks send no Host.
                ? version == HttpVersion.HTTP_1_0
                : HostAndPort.parseAuthority(host.toString(), -1) != null;
    }

    private static HttpProblem refusalOfHeaders(HttpServerRequest request) {
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            // Colon, blank and line end included.
            int length = header.getKey().length() + header.getValue().length() + 4;
            size += length;
            if (length > HEADER_SIZE || size > HEADERS_SIZE) {
                return Problem.INVALID_REQUEST.with(431,
                        "a header may have " + HEADER_SIZE + " bytes, and all together " + HEADERS_SIZE);
            }
            if (header.getValue().isEmpty() && header.getKey().equalsIgnoreCase(IdempotencyKey.HEADER)) {
                // JAX-RS would treat it as absent, and the request would not be idempotent.
                return Problem.INVALID_REQUEST.with(IdempotencyKey.MESSAGE);
            }
        }
        return null;
    }

    private HttpProblem refusalOfBody(HttpServerRequest request) {
        String fault = RequestFraming.fault(request);
        if (fault != null) {
            return Problem.INVALID_REQUEST.with(fault);
        }
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && isTooLong(length)) {
            return Problem.INVALID_REQUEST.with(413, "a body may have " + bodySize + " bytes");
        }
        return null;
    }

    private boolean isTooLong(String length) {
        try {
            return Long.parseLong(length) > bodySize;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static void sendAllowedMethods(RoutingContext event) {
        String methods = AllowedMethods.of(event.normalizedPath());
        if (methods.isEmpty()) {
            event.fail(404);
        } else {
            event.response().setStatusCode(204).putHeader(HttpHeaderNames.ALLOW, methods).end();
        }
    }
}
