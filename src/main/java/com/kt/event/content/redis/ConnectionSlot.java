package com.kt.event.content.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * The place of one event loop's connection. A connection that is no longer to be used is retired: commands that it owes an
 * answer may still get it, further ones go to a new connection.
 */
final class ConnectionSlot {
    /** A connection that owes an answer for longer is retired, so that one slow answer delays no other for longer. */
    static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    /** Short enough for a request to wait for the next attempt, so that Redis is used as soon as it is back. */
    private static final Duration MAX_BACKOFF = Duration.ofMillis(500);

    private final Context context;
    private final RedisConnector connector;
    /** A connection that owes an answer for longer is dead. */
    private final Duration silenceLimit;
    private final Set<PipelinedConnection> retired = ConcurrentHashMap.newKeySet();

    private volatile PipelinedConnection current;
    /** This and the following are guarded by this. */
    private Future<PipelinedConnection> attempt;
    private int failures;
    private long lastAttempt;
    private boolean isClosed;

    /** @param context of the event loop on which to connect */
    ConnectionSlot(Context context, RedisConnector connector, Duration silenceLimit) {
        this.context = context;
        this.connector = connector;
        this.silenceLimit = silenceLimit;
    }

    /** The connection to use; null if {@link #connect} must be called. */
    PipelinedConnection current() {
        return current;
    }

    /** A new connection. All who ask meanwhile share the attempt, which begins some time after one that failed. */
    Future<PipelinedConnection> connect() {
        Promise<PipelinedConnection> promise;
        int earlier;
        long pause;
        synchronized (this) {
            if (current != null) {
                return Future.succeededFuture(current);
            }
            if (attempt != null) {
                return attempt;
            }
            if (isClosed) {
                return Future.failedFuture(notConnected(null));
            }
            earlier = failures;
            pause = backoff().minusNanos(System.nanoTime() - lastAttempt).toMillis();
            promise = Promise.promise();
            attempt = promise.future();
        }
        if (pause > 0) {
            context.owner().setTimer(pause, due -> connect(earlier, promise));
        } else {
            connect(earlier, promise);
        }
        return promise.future();
    }

    private void connect(int earlier, Promise<PipelinedConnection> promise) {
        context.runOnContext(start -> connector.connect(earlier, this::retire)
                .onComplete(result -> connected(result, promise)));
    }

    private Duration backoff() {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 10));
        return backoff.compareTo(MAX_BACKOFF) < 0 ? backoff : MAX_BACKOFF;
    }

    private void connected(AsyncResult<PipelinedConnection> result, Promise<PipelinedConnection> promise) {
        synchronized (this) {
            attempt = null;
            lastAttempt = System.nanoTime();
            failures = result.succeeded() ? 0 : failures + 1;
            if (result.succeeded() && isClosed) {
                result.result().close();
            } else {
                current = result.result();
            }
        }
        if (result.succeeded()) {
            promise.complete(result.result());
        } else {
            promise.fail(notConnected(result.cause()));
        }
    }

    private static IOException notConnected(Throwable cause) {
        return new IOException("no connection to Redis", cause);
    }

    /** No further command goes to this connection. It is closed when it has given all answers. */
    private synchronized void retire(PipelinedConnection connection) {
        if (current == connection) {
            current = null;
            retired.add(connection);
        }
    }

    /** To be called every fraction of {@link #SLOW}. */
    void check() {
        PipelinedConnection used = current;
        if (used != null && used.silence().compareTo(SLOW) > 0) {
            retire(used);
        } else if (used != null && used.idleTime().compareTo(IDLE) > 0) {
            used.keepAlive();
        }
        retired.removeIf(this::closeIfOver);
    }

    private boolean closeIfOver(PipelinedConnection connection) {
        boolean isOver = connection.isDrained() || connection.silence().compareTo(silenceLimit) > 0;
        if (isOver) {
            connection.close();
        }
        return isOver;
    }

    synchronized void close() {
        isClosed = true;
        if (current != null) {
            current.close();
            current = null;
        }
        retired.forEach(PipelinedConnection::close);
    }
}
