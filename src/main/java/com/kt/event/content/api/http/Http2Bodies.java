package com.kt.event.content.api.http;

import jakarta.ws.rs.ext.Provider;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Checks bodies that arrive over HTTP/2; {@link RequestBodies} checks the others. An HTTP/2 request need not announce a body
 * by a header (RFC 9113, 8.1), so it must be read to find out. That is possible only inside RESTEasy, which refuses an
 * HTTP/2 request that was read before (https://github.com/quarkusio/quarkus/issues/34393).
 */
@Provider
@CheckBody
public class Http2Bodies implements ResteasyReactiveContainerRequestFilter {
    private final RequestBodies bodies;

    Http2Bodies(RequestBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext context) {
        RoutingContext event = ((ResteasyReactiveRequestContext) context.getServerRequestContext())
                .unwrap(RoutingContext.class);
        if (event.request().version() == HttpVersion.HTTP_2) {
            meetExpectation(event);
            context.suspend();
            new Reading(event.request(), context).begin();
        }
    }

    private static void meetExpectation(RoutingContext event) {
        String expected = event.request().getHeader(HttpHeaderNames.EXPECT);
        if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
            event.response().writeContinue();
        } else if (expected != null) {
            throw problem(417);
        }
    }

    /** A problem like those of the framework, which ProblemSigner completes. */
    private static HttpProblem problem(int status) {
        return HttpProblem.builder().withStatus(status).build();
    }

    /** Reads one body. After a refusal the rest is discarded. */
    private final class Reading {
        private final HttpServerRequest request;
        private final ResteasyReactiveContainerRequestContext context;
        private final Buffer body = Buffer.buffer();
        private boolean isDecided;

        private Reading(HttpServerRequest request, ResteasyReactiveContainerRequestContext context) {
            this.request = request;
            this.context = context;
        }

        private void begin() {
            request.handler(this::read).endHandler(end -> end()).exceptionHandler(this::refuse).resume();
        }

        private void read(Buffer chunk) {
            if (isDecided || chunk.length() == 0) {
                return;
            }
            if (!RequestBodies.isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
                refuse(problem(415));
            } else if (body.length() + chunk.length() > bodies.limit()) {
                refuse(problem(413));
            } else {
                body.appendBuffer(chunk);
            }
        }

        private void end() {
            if (isDecided) {
                return;
            }
            if (bodies.isAcceptable(body)) {
                isDecided = true;
                context.resume();
            } else {
                refuse(RequestBodies.notAnObject());
            }
        }

        private void refuse(Throwable problem) {
            if (!isDecided) {
                isDecided = true;
                context.resume(problem);
            }
        }
    }
}
