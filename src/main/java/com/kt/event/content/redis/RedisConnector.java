package com.kt.event.content.redis;

import java.time.Duration;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;

/** Connects to Redis, within a time limit: a server that has too many clients is never reported by the client. */
final class RedisConnector {
    /** For TCP, TLS and the handshake; for a sentinel or a cluster also for finding the servers. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final ClientOptions options;
    private final Runnable onConnect;

    RedisConnector(Vertx vertx, ClientOptions options, Runnable onConnect) {
        this.vertx = vertx;
        this.options = options;
        this.onConnect = onConnect;
    }

    /**
     * A new connection on the event loop that this is called on.
     *
     * @param attempt how many have failed before this one
     */
    Future<PipelinedConnection> connect(int attempt, Consumer<PipelinedConnection> onUnusable) {
        Redis client = Redis.createClient(vertx, options(attempt));
        Promise<RedisConnection> connected = Promise.promise();
        long limit = vertx.setTimer(LIMIT.toMillis(),
                timer -> connected.tryFail("Redis did not accept a connection within " + LIMIT));
        client.connect().onComplete(result -> {
            if (result.succeeded()) {
                connected.tryComplete(result.result());
            } else {
                connected.tryFail(result.cause());
            }
        });
        return connected.future().onComplete(result -> vertx.cancelTimer(limit)).onFailure(failure -> client.close())
                .onSuccess(connection -> onConnect.run())
                .map(connection -> new PipelinedConnection(client, connection, onUnusable));
    }

    /** The connection may be idle; one that owes an answer is watched by the slot. */
    private RedisOptions options(int attempt) {
        RedisOptions mine = options.copy(attempt);
        mine.getNetClientOptions().setReadIdleTimeout(0);
        if (mine.getType() == RedisClientType.STANDALONE) {
            // The pool has this connection only, which never returns to it.
            mine.setPoolCleanerInterval(-1);
        }
        return mine;
    }
}
