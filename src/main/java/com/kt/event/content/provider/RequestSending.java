package com.kt.event.content.provider;

import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;

/**
 * Sends a request once. A pooled connection may be closed by the provider at any moment; if the request was not written
 * completely, the provider cannot have acted on it, and another connection is taken. Otherwise the outcome is unknown, and the
 * request is not repeated.
 */
final class RequestSending {
    /** A connection that is closed between the pool and the request is replaced at most so many times. */
    private static final int MAX_CLOSED = 256;

    private enum Phase {
        CONNECTING, WRITING, RESPONDED, ABANDONED
    }

    private final HttpClient http;
    private final HttpCall call;
    private final HttpExchange exchange;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
    private volatile Use use;
    private int closed;

    RequestSending(HttpClient http, HttpCall call, HttpExchange exchange) {
        this.http = http;
        this.call = call;
        this.exchange = exchange;
    }

    /** The use of a connection, with the number of responses on it before. */
    private record Use(HttpClientRequest request, ReusableConnection connection, int responses,
            Promise<Void> written) {
        static Use of(HttpClientRequest request) {
            ReusableConnection connection = ReusableConnection.of(request.connection());
            return new Use(request, connection, connection.responses(), Promise.promise());
        }

        boolean isFirst() {
            return responses == 0;
        }

        void close() {
            connection.closeUnlessAnswered(responses);
        }
    }

    void start() {
        try {
            http.request(call.request()).onComplete(this::connected);
        } catch (RuntimeException e) {
            // The options are invalid, such as a header with a line break.
            exchange.fail(e);
        }
    }

    /** Closes the connection. Returns whether the whole request was sent. */
    Future<Boolean> abandon() {
        Phase last = phase.getAndSet(Phase.ABANDONED);
        Use open = use;
        if (open != null) {
            open.close();
        }
        return last == Phase.WRITING
                ? open.written().future().transform(written -> Future.succeededFuture(written.succeeded()))
                : Future.succeededFuture(last == Phase.RESPONDED);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            if (connection.cause() instanceof HttpClosedException && closed++ < MAX_CLOSED) {
                start();
            } else {
                exchange.fail(connection.cause());
            }
            return;
        }
        // The response fails as well.
        connection.result().exceptionHandler(failure -> {
        });
        Use next = Use.of(connection.result());
        use = next;
        next.connection().execute(() -> write(next));
    }

    private void write(Use next) {
        boolean isUsable = next.isFirst() || next.connection().isUsable();
        if (!isUsable) {
            next.close();
            if (phase.get() == Phase.CONNECTING) {
                start();
            }
        } else if (phase.compareAndSet(Phase.CONNECTING, Phase.WRITING)) {
            exchange.progressed();
            next.request().response().onComplete(response -> responded(next, response));
            try {
                next.request().end(call.content()).onComplete(written -> written(next, written));
            } catch (RuntimeException e) {
                written(next, Future.failedFuture(e));
            }
        } else {
            next.close();
        }
    }

    private void written(Use current, AsyncResult<Void> written) {
        if (written.succeeded()) {
            current.written().complete();
            return;
        }
        current.close();
        current.written().fail(written.cause());
        if (phase.compareAndSet(Phase.WRITING, Phase.CONNECTING)) {
            if (current.isFirst()) {
                exchange.fail(written.cause());
            } else {
                start();
            }
        }
    }

    private void responded(Use current, AsyncResult<HttpClientResponse> response) {
        if (response.failed()) {
            // If it was not written, that is reported, too.
            current.written().future().onSuccess(written -> exchange.fail(response.cause()));
        } else if (phase.compareAndSet(Phase.WRITING, Phase.RESPONDED)) {
            exchange.responded(response.result());
        } else {
            response.result().exceptionHandler(failure -> {
            });
        }
    }
}
