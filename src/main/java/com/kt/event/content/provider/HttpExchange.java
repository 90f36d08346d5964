package com.kt.event.content.provider;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/**
 * A call in flight. It ends once. A connection whose response was not read completely is closed, and its later failures are
 * ignored.
 */
final class HttpExchange {
    /** The rest of a longer error is not read. */
    static final int MAX_ERROR_BYTES = 64 * 1024;
    /** The body of an error counts as complete after this time. */
    static final Duration ERROR_LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpCall call;
    private final UniEmitter<? super HttpResponse> caller;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final WorkerExecutor workers;
    private final Buffer error = Buffer.buffer(0);
    private volatile RequestSending sending;
    private volatile long limitTimer;
    private volatile long idleTimer;
    private volatile long lastProgress;
    /** Used by events of the connection only, which share a thread. */
    private HttpClientResponse response;
    private BodyTransfer transfer;
    private long length;
    private ResponseFlow flow;
    private volatile boolean permitRequested;

    HttpExchange(Vertx vertx, WorkerExecutor workers, HttpCall call, UniEmitter<? super HttpResponse> caller) {
        this.vertx = vertx;
        this.workers = workers;
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
        flow = new ResponseFlow(head);
        response.exceptionHandler(this::broken);
        if (isGood()) {
            call.body().begin(head.getHeader(HttpHeaders.CONTENT_ENCODING));
            transfer = new BodyTransfer(vertx, workers, call.body(), new TransferEvents());
            response.handler(this::chunk);
            response.endHandler(end -> endTransfer());
        } else {
            response.handler(this::errorChunk);
            response.endHandler(end -> succeed(false));
        }
        progressed();
        if (!isGood()) {
            vertx.cancelTimer(limitTimer);
            limitTimer = vertx.setTimer(ERROR_LIMIT.toMillis(), expired -> succeed(true));
            stopTimersIfEnded();
        }
    }

    private void endTransfer() {
        if (!ended.get()) {
            transfer.end();
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
        length += chunk.length();
        if (length > call.body().maxBytes()) {
            fail(ImageFailure.invalid("the response is larger than " + call.body().maxBytes() + " bytes"));
            return;
        }
        transfer.add(chunk);
        acquirePermit();
    }

    private void errorChunk(Buffer chunk) {
        if (ended.get()) {
            return;
        }
        progressed();
        int most = Math.min(chunk.length(), MAX_ERROR_BYTES - error.length());
        error.appendBuffer(chunk, 0, most);
        if (most < chunk.length()) {
            succeed(true);
        }
    }

    /** Pauses first: another thread may grant the permit at any moment, and a pause after that would never end. */
    private void acquirePermit() {
        if (permitRequested || call.permit() == null || length <= BodyTransfer.FIRST_BLOCK) {
            return;
        }
        permitRequested = true;
        Context context = vertx.getOrCreateContext();
        flow.pause();
        if (call.permit().tryAcquire(() -> context.runOnContext(granted -> flow.resume()))) {
            flow.resume();
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
            caller.complete(new HttpResponse(response.statusCode(), response.headers(), error));
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

    private final class TransferEvents implements BodyTransfer.Events {
        @Override
        public void pause() {
            flow.pause();
        }

        @Override
        public void resume() {
            progressed();
            flow.resume();
        }

        @Override
        public void done() {
            succeed(false);
        }

        /** If the spool is closed nobody waits any more, and the call is about to end by a cancellation or with its permit. */
        @Override
        public void failed(Throwable cause) {
            if (cause instanceof ClosedChannelException) {
                return;
            }
            fail(cause instanceof IOException storage ? ImageApiFailures.unstorable(storage) : cause);
        }

        @Override
        public boolean isOver() {
            return ended.get();
        }
    }

    /** A timer set after the end would keep the response in memory until it expires. */
    private void stopTimersIfEnded() {
        if (ended.get()) {
            stopTimers();
        }
    }
}
