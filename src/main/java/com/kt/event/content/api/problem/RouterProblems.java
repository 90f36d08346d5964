package com.kt.event.content.api.problem;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;

/**
 * Responds to requests that failed before they reached a resource. Quarkus would send a bare status or an error id, and log
 * a client's mistake as an ERROR.
 */
@ApplicationScoped
public class RouterProblems {
    private static final Logger LOG = Logger.getLogger(RouterProblems.class);

    /** How long a client may continue to send a body that is discarded. */
    private static final long LINGER_MILLIS = 5_000;

    private final ProblemSigner signer;
    private final ObjectMapper json;

    /** Connections that close after the present response. */
    private final Set<HttpConnection> closing = ConcurrentHashMap.newKeySet();

    RouterProblems(ProblemSigner signer, ObjectMapper json) {
        this.signer = signer;
        this.json = json;
    }

    public void respond(RoutingContext event) {
        HttpServerResponse response = event.response();
        if (response.ended() || response.closed()) {
            LOG.debugf(event.failure(), "client gone, dropping the failure of %s", event.request().path());
        } else if (response.headWritten()) {
            // Too late for a problem: Quarkus ends the response.
            event.next();
        } else {
            respond(event, response);
        }
    }

    private void respond(RoutingContext event, HttpServerResponse response) {
        HttpProblem problem = signer.sign(problemOf(event), causeOf(event), event);
        response.setStatusCode(problem.getStatusCode());
        response.putHeader(HttpHeaderNames.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString());
        problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
        if (problem.getStatusCode() == 413) {
            closeOnceReceived(event);
        }
        response.end(bytesOf(problem));
    }

    /** Discards the rest of the body. Had the connection closed before, the client might not receive the response. */
    private void closeOnceReceived(RoutingContext event) {
        HttpServerRequest request = event.request();
        close(event, () -> {
            if (request.isEnded()) {
                request.connection().close();
            } else {
                request.handler(null).endHandler(end -> request.connection().close());
            }
        });
    }

    /** Closes the connection after the response, because what follows cannot be interpreted. */
    public void closeAfterResponse(RoutingContext event) {
        close(event, event.request().connection()::close);
    }

    private void close(RoutingContext event, Runnable afterResponse) {
        if (event.request().version() == HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = event.request().connection();
        closing.add(connection);
        event.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        event.addEndHandler(sent -> afterResponse.run());
        event.vertx().setTimer(LINGER_MILLIS, timer -> connection.close()
                .onComplete(closed -> closing.remove(connection)));
    }

    /** Whether the connection is about to close, so that a request on it must be ignored. */
    public boolean isClosing(RoutingContext event) {
        return !closing.isEmpty() && closing.contains(event.request().connection());
    }

    private static HttpProblem problemOf(RoutingContext event) {
        if (event.failure() instanceof HttpProblem problem) {
            return problem;
        }
        // CORS parses the URI before RequestLimits does, and fails on an invalid one.
        HttpProblem refusal = RequestUri.refusal(event.request().uri());
        return refusal != null
                ? refusal
                : HttpProblem.builder().withStatus(event.statusCode() < 0 ? 500 : event.statusCode()).build();
    }

    private static Throwable causeOf(RoutingContext event) {
        return event.failure() == null ? new HttpException(event.statusCode()) : event.failure();
    }

    private Buffer bytesOf(HttpProblem problem) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
