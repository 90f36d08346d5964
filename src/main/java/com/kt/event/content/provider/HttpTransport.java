package com.kt.event.content.provider;

import java.time.Duration;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/** Sends requests to a provider, over connections that are kept for as long as the options say. */
final class HttpTransport {
    /** Vert.x rejects longer headers as malformed (default 8 KB), and some image hosts send long security policies. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final HttpClient http;

    /** @param workers take the bodies of responses */
    HttpTransport(Vertx vertx, WorkerExecutor workers, HttpClientOptions options) {
        Duration idleLimit = Duration.ofSeconds(options.getKeepAliveTimeout());
        this.vertx = vertx;
        this.workers = workers;
        this.http = vertx.httpClientBuilder()
                // The builder does not take these from the other options (4.5.25).
                .with(options.getPoolOptions())
                .with(options)
                .withConnectHandler(connection -> ReusableConnection.prepare(connection, MAX_HEADER_BYTES, idleLimit))
                .build();
    }

    /**
     * Sends the request once. Fails with {@link NotSentException} or {@code SSLHandshakeException} if the provider cannot
     * have acted on it. Cancelling it ends the call and closes its connection.
     */
    Uni<HttpResponse> send(HttpCall call) {
        return Uni.createFrom().emitter(caller -> new HttpExchange(vertx, workers, call, caller).start(http));
    }

    /** Closes all connections. */
    void close() {
        http.close();
    }
}
