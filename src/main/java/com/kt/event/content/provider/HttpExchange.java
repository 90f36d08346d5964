package com.kt.event.content.provider;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * A call while it is under way. However it ends, it ends once, and a connection that is not read to the end is closed.
 * What the connection has to say after that is heard by nobody, and so gets into no log.
 */
final class HttpExchange {
    /** An error that explains itself at greater length is no less of an error. */
    static final int MAX_ERROR_BYTES = 64 * 1024;
    /** Nor is one whose explanation takes longer. */
    static final Duration ERROR_LIMIT = Duration.ofSeconds(10);
    /** An answer that is no longer holds no image, and need not wait. */
    private static final int SHORT = 4 * 1024;

    private final Vertx vertx;
    private final HttpCall call;
    private final UniEmitter<? super HttpResponse> caller;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ResponseBody body = new ResponseBody();
    private volatile HttpClientRequest request;
    /** Until all of the request is handed over to the network, nobody can have acted on it. */
    private volatile boolean sent;
    private volatile long limitTimer;
    private volatile long idleTimer;
    private volatile long lastSign;
    /** Set, and read, by the connection's own events only. */
    private HttpClientResponse response;
    private volatile boolean asked;

    HttpExchange(Vertx vertx, HttpCall call, UniEmitter<? super HttpResponse> caller) {
        this.vertx = vertx;
        this.call = call;
        this.caller = caller;
    }

    void start(HttpClient http) {
        caller.onTermination(() -> end(true, this::releasePermit));
        if (call.permit() != null) {
            call.permit().onClose(() -> fail(ImageApiFailures.abandoned()));
        }
        limitTimer = vertx.setTimer(call.limit().toMillis(), over -> fail(new TimeoutException("the time limit")));
        if (call.idle() != null) {
            lastSign = System.nanoTime();
            watch(call.idle().toMillis());
        }
        try {
            http.request(call.request()).onComplete(this::connected);
        } catch (RuntimeException e) {
            // Options that make no request, such as a header with a line break in it.
            fail(e);
        }
    }

    private void watch(long millis) {
        idleTimer = vertx.setTimer(Math.max(1, millis), now -> {
            long left = call.idle().toMillis() - (System.nanoTime() - lastSign) / 1_000_000;
            if (left <= 0) {
                fail(new TimeoutException("the idle time limit"));
            } else if (!ended.get()) {
                watch(left);
            }
        });
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            fail(connection.cause());
            return;
        }
        request = connection.result();
        request.exceptionHandler(this::fail);
        request.response().onComplete(this::begun);
        if (ended.get()) {
            // A reset would leave a connection on which nothing was sent in the pool.
            request.connection().close();
            return;
        }
        lastSign = System.nanoTime();
        request.end(call.body()).onSuccess(written -> sent = true);
    }

    private void begun(AsyncResult<HttpClientResponse> head) {
        if (head.failed()) {
            fail(head.cause());
            return;
        }
        response = head.result();
        response.exceptionHandler(this::broken);
        response.handler(this::piece);
        response.endHandler(end -> succeed(false));
        lastSign = System.nanoTime();
        if (!isGood()) {
            vertx.cancelTimer(limitTimer);
            limitTimer = vertx.setTimer(ERROR_LIMIT.toMillis(), over -> succeed(true));
            stopLate();
        }
    }

    private boolean isGood() {
        return HttpResponse.isGood(response.statusCode());
    }

    private void piece(Buffer piece) {
        if (ended.get()) {
            return;
        }
        lastSign = System.nanoTime();
        long most = isGood() ? call.maxBytes() : MAX_ERROR_BYTES;
        if (body.length() + piece.length() <= most) {
            body.add(piece);
            acquirePermit();
        } else if (isGood()) {
            fail(ImageApiFailures.invalid("the answer is larger than " + most + " bytes"));
        } else {
            body.add(piece.slice(0, (int) (most - body.length())));
            succeed(true);
        }
    }

    /** Paused first: the place may be granted at any moment, by another thread, and what is paused after that stays so. */
    private void acquirePermit() {
        if (asked || call.permit() == null || !isGood() || body.length() <= SHORT) {
            return;
        }
        asked = true;
        Context here = vertx.getOrCreateContext();
        HttpClientResponse paused = response.pause();
        if (call.permit().tryAcquire(() -> here.runOnContext(granted -> paused.resume()))) {
            paused.resume();
        }
        if (ended.get()) {
            call.permit().release();
        }
    }

    /** The status of an error is known, whatever becomes of its explanation. */
    private void broken(Throwable cause) {
        if (isGood()) {
            fail(cause);
        } else {
            succeed(true);
        }
    }

    private void succeed(boolean close) {
        end(close, () -> {
            if (asked) {
                call.permit().received();
            }
            caller.complete(new HttpResponse(response.statusCode(), response.headers(), body));
        });
    }

    private void fail(Throwable cause) {
        end(true, () -> {
            releasePermit();
            caller.fail(sent ? cause : NotSentException.of(cause));
        });
    }

    /** Whoever gives the call up may do so while it asks: then one of the two sees what the other did. */
    private void releasePermit() {
        if (asked) {
            call.permit().release();
        }
    }

    private void end(boolean close, Runnable word) {
        if (ended.compareAndSet(false, true)) {
            stopTimers();
            HttpClientRequest open = request;
            if (close && open != null) {
                open.reset();
            }
            word.run();
        }
    }

    private void stopTimers() {
        vertx.cancelTimer(limitTimer);
        vertx.cancelTimer(idleTimer);
    }

    /** A timer that was set after the end would only hold on to the answer for a while. */
    private void stopLate() {
        if (ended.get()) {
            stopTimers();
        }
    }
}
