package com.kt.event.content.provider;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A server that writes to each connection what it is told, byte by byte, and knows which of them are open. */
final class RawPeer {
    private final NetServer server;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Consumer<NetSocket> onRequest = socket -> {
    };

    RawPeer(Vertx vertx) {
        server = vertx.createNetServer().connectHandler(this::connected);
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
    }

    private void connected(NetSocket socket) {
        connections.incrementAndGet();
        open.add(socket);
        socket.exceptionHandler(failure -> open.remove(socket));
        socket.closeHandler(closed -> open.remove(socket));
        socket.handler(request -> onRequest.accept(socket));
    }

    /** The action on each connection that receives something. */
    void responds(Consumer<NetSocket> response) {
        onRequest = response;
    }

    void responds(String... pieces) {
        onRequest = socket -> {
            for (String piece : pieces) {
                socket.write(piece, "ISO-8859-1");
            }
        };
    }

    RequestOptions request() {
        return new RequestOptions().setHost("localhost").setPort(port()).setURI("/");
    }

    int port() {
        return server.actualPort();
    }

    int open() {
        return open.size();
    }

    int connections() {
        return connections.get();
    }

    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
