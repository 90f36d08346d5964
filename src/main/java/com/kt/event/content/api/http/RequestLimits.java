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
 * What no request may be, whatever it asks for. All of it is looked at here, before anything else works on the request,
 * because what looks at it further on refuses it with a status and not a word.
 */
@ApplicationScoped
class RequestLimits {
    /** Before all that refuses requests: whatever is answered, the connection must not go on after a doubtful end. */
    static final int FRAMING_ORDER = -1_000;

    /** After CORS (-300), whose headers let a browser show our answer, and before Quarkus looks at the body (-2). */
    static final int ORDER = -250;

    /** What a gateway adds (a token, cookies, traces) stays well below; nginx lets a single header have as much. */
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
        router.route().order(FRAMING_ORDER).handler(this::checkEnd);
        router.route().order(ORDER).handler(this::check).failureHandler(problems::answer);
    }

    private void checkEnd(RoutingContext event) {
        if (problems.isClosing(event)) {
            // Whoever sent it, it may be the rest of what was refused.
            event.request().connection().close();
            return;
        }
        HttpServerRequest request = event.request();
        if (RequestFraming.fault(request) != null || RequestFraming.isDoubtful(request)) {
            // Nobody knows where such a body ends, and the next request begins.
            problems.closeOnceAnswered(event);
        }
        event.next();
    }

    private void check(RoutingContext event) {
        HttpProblem refusal = refusal(event);
        if (refusal != null) {
            event.fail(refusal.getStatusCode(), refusal);
        } else if (event.request().method() == HttpMethod.OPTIONS
                && event.normalizedPath().startsWith("/api/content")) {
            tellMethods(event);
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
            return Problem.INVALID_REQUEST.with("scheme or host is not valid");
        }
        HttpProblem refusalOfHeaders = refusalOfHeaders(request);
        return refusalOfHeaders == null ? refusalOfBody(request) : refusalOfHeaders;
    }

    /** This and the host may come from a gateway's headers, which nobody looks at but uses for links. */
    private static boolean isScheme(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static boolean isHost(HostAndPort host, HttpVersion version) {
        return host == null || host.host().isEmpty()
                // Old health checks send none.
                ? version == HttpVersion.HTTP_1_0
                : HostAndPort.parseAuthority(host.toString(), -1) != null;
    }

    private static HttpProblem refusalOfHeaders(HttpServerRequest request) {
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            // Colon, blank and line end count as well.
            int length = header.getKey().length() + header.getValue().length() + 4;
            size += length;
            if (length > HEADER_SIZE || size > HEADERS_SIZE) {
                return Problem.INVALID_REQUEST.with(431,
                        "a header may have " + HEADER_SIZE + " bytes, and all together " + HEADERS_SIZE);
            }
            if (header.getValue().isEmpty() && header.getKey().equalsIgnoreCase(IdempotencyKey.HEADER)) {
                // JAX-RS would take it for no key, and the request would not count once.
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

    private static void tellMethods(RoutingContext event) {
        String methods = AllowedMethods.of(event.normalizedPath());
        if (methods.isEmpty()) {
            event.fail(404);
        } else {
            event.response().setStatusCode(204).putHeader(HttpHeaderNames.ALLOW, methods).end();
        }
    }
}
