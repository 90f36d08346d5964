package com.kt.event.content.provider;

import io.netty.channel.Channel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Sends requests to a provider. Each call has a connection of its own: if the provider closes a pooled one at the moment of
 * its reuse, nothing tells whether the request was processed and billed. Compared with the seconds an image takes, a
 * handshake costs nothing.
 */
final class HttpTransport {
    /** Vert.x rejects longer headers as malformed (default 8 KB), and some image hosts send long security policies. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    /** The name of the decoder in the pipeline of a Vert.x connection (4.5.25, HttpChannelConnector). */
    private static final String DECODER = "codec";

    private final Vertx vertx;
    private final HttpClient http;

    HttpTransport(Vertx vertx, HttpClientOptions options) {
        this.vertx = vertx;
        this.http = vertx.httpClientBuilder()
                // The builder does not take these from the other options (4.5.25).
                .with(options.getPoolOptions())
                .with(new HttpClientOptions(options).setKeepAlive(false).setMaxHeaderSize(MAX_HEADER_BYTES))
                .withConnectHandler(HttpTransport::dropInterimResponses)
                .build();
    }

    /**
     * Sends the request once. Fails with {@link NotSentException} or {@code SSLHandshakeException} if the provider cannot
     * have acted on it. Cancelling it ends the call and closes its connection.
     */
    Uni<HttpResponse> send(HttpCall call) {
        return Uni.createFrom().emitter(caller -> new HttpExchange(vertx, call, caller).start(http));
    }

    private static void dropInterimResponses(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        channel.pipeline().addAfter(DECODER, "interim-responses", new InterimResponses());
    }
}
