package com.kt.event.content.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * A client that keeps one connection per event loop and sends every command of its thread on it at once; other threads use
 * those of the event loops.
 * A pool, in contrast, has each command take a connection, keep it for a round trip, and give it back; so Redis reads, and
 * wakes up for, one command at a time.
 *
 * <p>No command is ever sent twice. One that was sent when its connection broke fails, and its outcome is unknown. One that
 * cannot be sent within {@link #PATIENCE} fails without being sent.
 */
@Singleton
@Typed(PipelinedRedis.class)
public class PipelinedRedis implements Redis {
    /** For how long a command waits for a connection. A request has been answered 503 by then. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
    private static final Duration DEFAULT_SILENCE = Duration.ofSeconds(8);

    private final Vertx vertx;
    private final ClientOptions options;
    private final Redis pooled;
    private final RedisConnector connector;
    private final Map<Thread, ConnectionSlot> slots = new ConcurrentHashMap<>();
    private final long checks;

    @Inject
    PipelinedRedis(Vertx vertx, ClientOptions options, Redis pooled, Event<RedisConnected> connected) {
        this(vertx, options, pooled, () -> connected.fire(new RedisConnected()));
    }

    /**
     * @param pooled for callers that need a connection of their own
     * @param onConnect runs when there is a new connection, before a command is sent on it
     */
    PipelinedRedis(Vertx vertx, ClientOptions options, Redis pooled, Runnable onConnect) {
        this.vertx = vertx;
        this.options = options;
        this.pooled = pooled;
        this.connector = new RedisConnector(vertx, options, onConnect);
        this.checks = vertx.setPeriodic(CHECK_INTERVAL.toMillis(), id -> slots.values().forEach(ConnectionSlot::check));
    }

    @Override
    public Future<Response> send(Request command) {
        return withConnection(connection -> connection.send(command));
    }

    /** In one write, on one connection. */
    @Override
    public Future<List<Response>> batch(List<Request> commands) {
        return withConnection(connection -> connection.batch(commands));
    }

    /** A connection for the caller alone. */
    @Override
    public Future<RedisConnection> connect() {
        return pooled.connect();
    }

    /** Other threads leave it to an event loop, so that each connection is used by one thread only. */
    private <T> Future<T> withConnection(Function<PipelinedConnection, Future<T>> commands) {
        if (Context.isOnEventLoopThread()) {
            return onEventLoop(commands);
        }
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(there -> onEventLoop(commands).onComplete(promise));
        return promise.future();
    }

    private <T> Future<T> onEventLoop(Function<PipelinedConnection, Future<T>> commands) {
        ConnectionSlot slot = slot();
        PipelinedConnection connection = slot.current();
        return connection == null ? onceConnected(slot, commands) : commands.apply(connection);
    }

    private ConnectionSlot slot() {
        ConnectionSlot slot = slots.get(Thread.currentThread());
        return slot == null ? slots.computeIfAbsent(Thread.currentThread(), loop -> newSlot()) : slot;
    }

    private ConnectionSlot newSlot() {
        int silence = options.copy().getNetClientOptions().getReadIdleTimeout();
        return new ConnectionSlot(VertxContext.getRootContext(vertx.getOrCreateContext()), connector,
                silence == 0 ? DEFAULT_SILENCE : Duration.ofSeconds(silence));
    }

    /**
     * The caller is called back on its own context, whoever made the connection, and at once: a command that comes to this
     * event loop later must not be sent earlier.
     */
    private <T> Future<T> onceConnected(ConnectionSlot slot, Function<PipelinedConnection, Future<T>> commands) {
        long asked = System.nanoTime();
        ContextInternal caller = (ContextInternal) vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        slot.connect().onComplete(result -> caller.emit(result, attempt -> {
            if (attempt.failed()) {
                promise.fail(attempt.cause());
            } else if (System.nanoTime() - asked > PATIENCE.toNanos()) {
                promise.fail(
                        new IOException("Redis was not connected within " + PATIENCE + "; the command was not sent"));
            } else {
                commands.apply(attempt.result()).onComplete(promise);
            }
        }));
        return promise.future();
    }

    @PreDestroy
    @Override
    public void close() {
        vertx.cancelTimer(checks);
        slots.values().forEach(ConnectionSlot::close);
    }
}
