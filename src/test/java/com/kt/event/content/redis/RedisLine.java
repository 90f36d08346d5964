package com.kt.event.content.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** The line between a client and Redis: it can drop what is sent on the present connections, or cut them. */
final class RedisLine {
    private final NetServer server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private static final class Connection {
        private final NetSocket client;
        private final NetSocket redis;
        private volatile boolean isSilent;
        private volatile boolean isDeaf;

        private Connection(NetSocket client, NetSocket redis) {
            this.client = client;
            this.redis = redis;
        }
    }

    /** @param port of Redis */
    RedisLine(Vertx vertx, int port) {
        server = vertx.createNetServer().connectHandler(client -> {
            client.pause();
            vertx.createNetClient().connect(port, "127.0.0.1").onFailure(down -> client.close())
                    .onSuccess(redis -> join(client, redis));
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    private void join(NetSocket client, NetSocket redis) {
        Connection connection = new Connection(client, redis);
        connections.add(connection);
        pass(connection, client, redis);
        pass(connection, redis, client);
        client.resume();
    }

    private static void pass(Connection connection, NetSocket from, NetSocket to) {
        from.handler(bytes -> {
            if (!connection.isSilent && !(connection.isDeaf && from == connection.redis)) {
                to.write(bytes);
            }
        }).closeHandler(end -> {
            if (!connection.isSilent) {
                to.close();
            }
        });
    }

    String uri() {
        return "redis://127.0.0.1:" + server.actualPort();
    }

    /** How many connections have reached Redis so far. */
    int connections() {
        return connections.size();
    }

    /** Neither side gets anything any more on the connections that exist now, and neither notices. */
    void silence() {
        connections.forEach(connection -> connection.isSilent = true);
    }

    /** Redis gets the commands, and its answers are lost, on the connections that exist now. */
    void dropAnswers() {
        connections.forEach(connection -> connection.isDeaf = true);
    }

    /** The answers of the connections that exist now arrive later, see {@link #releaseAnswers}. */
    void holdAnswers() {
        connections.forEach(connection -> connection.redis.pause());
    }

    void releaseAnswers() {
        connections.forEach(connection -> connection.redis.resume());
    }

    /** The client notices, and Redis does not. */
    void cut() {
        connections.forEach(connection -> {
            connection.isSilent = true;
            connection.client.close();
        });
    }
}
