package com.kt.event.content.provider;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** The base of the tests against a peer that writes arbitrary bytes. */
abstract class HttpTransportSuite {
    static final Duration LONG = Duration.ofMinutes(1);
    static final Duration SHORT = Duration.ofMillis(300);
    static final int MAX_BYTES = 1_000_000;
    static final String HEAD = "HTTP/1.1 200 OK\r\n";
    static final String GOOD = HEAD + "Content-Length: 2\r\n\r\nhi";
    static Vertx vertx;
    final Replies replies = new Replies();
    RawPeer peer;
    HttpTransport transport;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void start() {
        peer = new RawPeer(vertx);
        transport = newTransport(options());
    }

    /** Idle connections are closed after a second. */
    static HttpClientOptions options() {
        return new HttpClientOptions().setMaxPoolSize(100).setKeepAliveTimeout(1).setPoolCleanerPeriod(50);
    }

    @AfterEach
    void leavesNoConnectionOpen() {
        await().atMost(LONG).until(() -> peer.open() == 0);
        peer.close();
    }

    HttpTransport newTransport(HttpClientOptions options) {
        return new HttpTransport(vertx, vertx.createSharedWorkerExecutor("images", 1), options);
    }

    HttpCall call(Duration limit) {
        return call(peer.request().setMethod(HttpMethod.POST), "{}", limit, null, null);
    }

    HttpCall call(RequestOptions request, String content, Duration limit, Duration idle, DownloadPermit permit) {
        return new HttpCall(request, Buffer.buffer(content), replies.newBody(MAX_BYTES), limit, idle, permit);
    }

    Replies.Reply response(HttpCall call) {
        return replies.send(transport, call).await().atMost(LONG);
    }
}
