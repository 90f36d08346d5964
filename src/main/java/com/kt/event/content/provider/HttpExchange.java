package com.kt.event.content.provider;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;

/**
 * A call in flight. It ends once. A connection whose response was not read completely is closed, and its later failures are
 * ignored.
 */
final class HttpExchange {
    /** The rest of a longer error is not read. */
    static final int MAX_ERROR_BYTES = 64 * 1024;
    /** The body of an error counts as complete after this time. */
    static final Duration ERROR_LIMIT = Duration.ofSeconds(10);
    /** A shorter response holds no image, and needs no permit. */
    private static final int SHORT = 4 * 1024;

    private final Vertx vertx;
    private final HttpCall call;
    private final UniEmitter<? super HttpResponse> caller;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ResponseBody body = new ResponseBody();
    private volatile RequestSending sending;
    private volatile long limitTimer;
    private volatile long idleTimer;
    private volatile long lastProgress;
    /** Used by events of the connection only, which share a thread. */
    private HttpClientResponse response;
    private volatile boolean permitRequested;

    HttpExchange(Vertx vertx, HttpCall call, UniEmitter<? super HttpResponse> caller) {
        this.vertx = vertx;
        this.call = call;
        this.caller = caller;
    }

    void start(HttpClient http) {
        sending = new RequestSending(http, call, this);
        caller.onTermination(this::cancel);
        if (call.permit() != null) {
            call.permit().onClose(() -> fail(ImageApiFailures.abandoned()));
        }
        limitTimer = vertx.setTimer(call.limit().toMillis(), expired -> fail(new TimeoutException("the time limit")));
        if (call.idle() != null) {
            lastProgress = System.nanoTime();
            checkIdleAfter(call.idle().toMillis());
        }
        sending.start();
    }

    private void checkIdleAfter(long millis) {
        idleTimer = vertx.setTimer(Math.max(1, millis), now -> {
            long left = call.idle().toMillis() - (System.nanoTime() - lastProgress) / 1_000_000;
            if (left <= 0) {
                fail(new TimeoutException("the idle time limit"));
            } else if (!ended.get()) {
                checkIdleAfter(left);
            }
        });
    }

    void progressed() {
        lastProgress = System.nanoTime();
    }

    void responded(HttpClientResponse head) {
        response = head;
        response.exceptionHandler(this::broken);
        response.handler(this::chunk);
        response.endHandler(end -> succeed(false));
        progressed();
        if (!isGood()) {
            vertx.cancelTimer(limitTimer);
            limitTimer = vertx.setTimer(ERROR_LIMIT.toMillis(), expired -> succeed(true));
            stopTimersIfEnded();
        }
    }

    private boolean isGood() {
        return HttpResponse.isGood(response.statusCode());
    }

    private void chunk(Buffer chunk) {
        if (ended.get()) {
            return;
        }
        progressed();
        long maxBytes = isGood() ? call.maxBytes() : MAX_ERROR_BYTES;
        if (body.length() + chunk.length() <= maxBytes) {
            body.add(chunk);
            acquirePermit();
        } else if (isGood()) {
            fail(ImageApiFailures.invalid("the response is larger than " + maxBytes + " bytes"));
        } else {
            body.add(chunk.slice(0, (int) (maxBytes - body.length())));
            succeed(true);
        }
    }

    /** Pauses first: another thread may grant the permit at any moment, and a pause after that would never end. */
    private void acquirePermit() {
        if (permitRequested || call.permit() == null || !isGood() || body.length() <= SHORT) {
            return;
        }
        permitRequested = true;
        Context context = vertx.getOrCreateContext();
        HttpClientResponse paused = response.pause();
        if (call.permit().tryAcquire(() -> context.runOnContext(granted -> paused.resume()))) {
            paused.resume();
        }
        if (ended.get()) {
            call.permit().release();
        }
    }

    /** The status of an error is known, even if its body does not arrive. */
    private void broken(Throwable cause) {
        if (isGood()) {
            fail(cause);
        } else {
            succeed(true);
        }
    }

    private void succeed(boolean abandon) {
        end(() -> {
            if (abandon) {
                sending.abandon();
            }
            if (permitRequested) {
                call.permit().received();
            }
            caller.complete(new HttpResponse(response.statusCode(), response.headers(), body));
        });
    }

    void fail(Throwable cause) {
        end(() -> {
            releasePermit();
            sending.abandon().onComplete(sent -> caller.fail(sent.result() ? cause : NotSentException.of(cause)));
        });
    }

    private void cancel() {
        end(() -> {
            sending.abandon();
            releasePermit();
        });
    }

    /** The call may end while it requests the permit: either this or the requesting thread then releases it. */
    private void releasePermit() {
        if (permitRequested) {
            call.permit().release();
        }
    }

    private void end(Runnable report) {
        if (ended.compareAndSet(false, true)) {
            stopTimers();
            report.run();
        }
    }

    private void stopTimers() {
        vertx.cancelTimer(limitTimer);
        vertx.cancelTimer(idleTimer);
    }

    /** A timer set after the end would keep the response in memory until it expires. */
    private void stopTimersIfEnded() {
        if (ended.get()) {
            stopTimers();
        }
    }
}
