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
 * Checks the bodies that come over HTTP/2, as {@link RequestBodies} does the others. There no header need say whether there
 * is one (RFC 9113, 8.1), so it has to be read; and only after RESTEasy has taken the request, for that refuses an HTTP/2
 * request that was read (https://github.com/quarkusio/quarkus/issues/34393).
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
            askForBody(event);
            context.suspend();
            new Reading(event.request(), context).begin();
        }
    }

    private static void askForBody(RoutingContext event) {
        String expected = event.request().getHeader(HttpHeaderNames.EXPECT);
        if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
            event.response().writeContinue();
        } else if (expected != null) {
            throw problem(417);
        }
    }

    /** As the framework's own are, to be explained by {@link ProblemSigner}. */
    private static HttpProblem problem(int status) {
        return HttpProblem.builder().withStatus(status).build();
    }

    /** Of one body. What comes after a refusal is thrown away. */
    private final class Reading {
        private final HttpServerRequest request;
        private final ResteasyReactiveContainerRequestContext context;
        private final Buffer body = Buffer.buffer();
        private boolean isAnswered;

        private Reading(HttpServerRequest request, ResteasyReactiveContainerRequestContext context) {
            this.request = request;
            this.context = context;
        }

        private void begin() {
            request.handler(this::read).endHandler(end -> end()).exceptionHandler(this::refuse).resume();
        }

        private void read(Buffer piece) {
            if (isAnswered || piece.length() == 0) {
                return;
            }
            if (!RequestBodies.isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
                refuse(problem(415));
            } else if (body.length() + piece.length() > bodies.limit()) {
                refuse(problem(413));
            } else {
                body.appendBuffer(piece);
            }
        }

        private void end() {
            if (isAnswered) {
                return;
            }
            if (bodies.isAcceptable(body)) {
                isAnswered = true;
                context.resume();
            } else {
                refuse(RequestBodies.notAnObject());
            }
        }

        private void refuse(Throwable why) {
            if (!isAnswered) {
                isAnswered = true;
                context.resume(why);
            }
        }
    }
}
