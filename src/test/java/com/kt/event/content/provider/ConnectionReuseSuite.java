package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;

/** The base of the tests of connections that are used more than once. All of a test's calls share one thread. */
abstract class ConnectionReuseSuite {
    static final Duration LONG = Duration.ofMinutes(1);
    static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    final Replies replies = new Replies();
    Vertx vertx;
    SocketPeer peer;
    HttpTransport transport;

    @BeforeEach
    void start() throws IOException {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        peer = new SocketPeer();
        transport = newTransport(options());
    }

    @AfterEach
    void end() throws IOException {
        peer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static HttpClientOptions options() {
        return new HttpClientOptions().setMaxPoolSize(10).setKeepAliveTimeout(60);
    }

    HttpTransport newTransport(HttpClientOptions options) {
        return new HttpTransport(vertx, vertx.createSharedWorkerExecutor("images", 1), options);
    }

    HttpCall call(Buffer body, Duration limit) {
        return new HttpCall(peer.request().setMethod(HttpMethod.POST), body, replies.newBody(1_000_000), limit, null,
                null);
    }

    CompletableFuture<Replies.Reply> send(Buffer body) {
        return replies.send(transport, call(body, LONG)).subscribeAsCompletionStage();
    }

    CompletableFuture<Replies.Reply> send() {
        return send(Buffer.buffer("{}"));
    }

    /** Makes a call over a new connection, which is idle after that. */
    SocketPeer.Connection idleConnection() throws IOException {
        return connectionAfter(GOOD);
    }

    /** Makes a call over a new connection, which returns to the pool if it can. */
    SocketPeer.Connection connectionAfter(String response) throws IOException {
        CompletableFuture<Replies.Reply> first = send();
        SocketPeer.Connection connection = peer.accept();
        connection.respond(response);
        first.join();
        awaitEventLoop();
        return connection;
    }

    void assertReused(SocketPeer.Connection connection) throws IOException {
        CompletableFuture<Replies.Reply> call = send();
        connection.respond(GOOD);
        assertThat(call.join().text()).isEqualTo("hi");
        assertThat(peer.connections()).isEqualTo(1);
    }

    void assertGoodOverNewConnection(CompletableFuture<Replies.Reply> call) throws IOException {
        peer.accept().respond(GOOD);
        assertThat(call.join().text()).isEqualTo("hi");
    }

    /** Waits until the thread of all connections has done what it had to do. */
    void awaitEventLoop() {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        vertx.runOnContext(reached::complete);
        reached.join();
    }

    static Throwable failure(CompletableFuture<Replies.Reply> call) {
        Throwable failure = catchThrowable(call::join);
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
