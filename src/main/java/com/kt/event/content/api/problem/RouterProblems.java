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
 * Answers what failed before it reached a resource. Quarkus would do it with a bare status or with an error id, and
 * write an ERROR into the log for what is a client's mistake.
 */
@ApplicationScoped
public class RouterProblems {
    private static final Logger LOG = Logger.getLogger(RouterProblems.class);

    /** How long a client may go on sending what nobody reads. */
    private static final long LINGER_MILLIS = 5_000;

    private final ProblemSigner signer;
    private final ObjectMapper json;

    /** Connections whose last request is being answered. */
    private final Set<HttpConnection> closing = ConcurrentHashMap.newKeySet();

    RouterProblems(ProblemSigner signer, ObjectMapper json) {
        this.signer = signer;
        this.json = json;
    }

    public void answer(RoutingContext event) {
        HttpServerResponse response = event.response();
        if (response.ended() || response.closed()) {
            LOG.debugf(event.failure(), "nobody is left to hear that %s failed", event.request().path());
        } else if (response.headWritten()) {
            // Too late to say anything: Quarkus ends it.
            event.next();
        } else {
            answer(event, response);
        }
    }

    private void answer(RoutingContext event, HttpServerResponse response) {
        HttpProblem problem = signer.sign(problemOf(event), causeOf(event), event);
        response.setStatusCode(problem.getStatusCode());
        response.putHeader(HttpHeaderNames.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString());
        problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
        if (problem.getStatusCode() == 413) {
            closeSoon(event);
        }
        response.end(bytesOf(problem));
    }

    /** Of what is still to come nothing is wanted. Closed before the client has sent all, it might not see the answer. */
    private void closeSoon(RoutingContext event) {
        HttpServerRequest request = event.request();
        close(event, () -> {
            if (request.isEnded()) {
                request.connection().close();
            } else {
                request.handler(null).endHandler(end -> request.connection().close());
            }
        });
    }

    /** What is still to come may be anything. */
    public void closeOnceAnswered(RoutingContext event) {
        close(event, event.request().connection()::close);
    }

    private void close(RoutingContext event, Runnable onceAnswered) {
        if (event.request().version() == HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = event.request().connection();
        closing.add(connection);
        event.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        event.addEndHandler(answered -> onceAnswered.run());
        event.vertx().setTimer(LINGER_MILLIS, timer -> connection.close()
                .onComplete(closed -> closing.remove(connection)));
    }

    /** Whether a request on its connection is none, whatever it looks like. */
    public boolean isClosing(RoutingContext event) {
        return !closing.isEmpty() && closing.contains(event.request().connection());
    }

    private static HttpProblem problemOf(RoutingContext event) {
        if (event.failure() instanceof HttpProblem problem) {
            return problem;
        }
        // CORS looks at the address before we do, and stumbles over one that is none.
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
