package com.kt.event.content.provider;

import io.netty.channel.Channel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * How bytes travel to a provider and back, whatever they mean. A call has a connection of its own: a pooled one that the
 * other side closes just when it is used again leaves us with an image that may have been made and billed; against that,
 * and against the seconds an image takes, a handshake costs nothing.
 */
final class HttpTransport {
    /** Vert.x refuses what is longer as malformed (its default: 8 KB), and some hosts of images send long policies. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    /** What Vert.x calls the decoder in each connection's pipeline (4.5.25, HttpChannelConnector). */
    private static final String DECODER = "codec";

    private final Vertx vertx;
    private final HttpClient http;

    HttpTransport(Vertx vertx, HttpClientOptions options) {
        this.vertx = vertx;
        this.http = vertx.httpClientBuilder()
                // Which the builder does not take from the other options (4.5.25).
                .with(options.getPoolOptions())
                .with(new HttpClientOptions(options).setKeepAlive(false).setMaxHeaderSize(MAX_HEADER_BYTES))
                .withConnectHandler(HttpTransport::passOverInterimAnswers)
                .build();
    }

    /**
     * Sends the request once. Fails with {@link NotSentException} or {@code SSLHandshakeException} where nobody can have
     * acted on it. Whoever stops waiting ends the call, and closes its connection.
     */
    Uni<HttpResponse> send(HttpCall call) {
        return Uni.createFrom().emitter(caller -> new HttpExchange(vertx, call, caller).start(http));
    }

    private static void passOverInterimAnswers(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        channel.pipeline().addAfter(DECODER, "interim-answers", new InterimResponses());
    }
}
