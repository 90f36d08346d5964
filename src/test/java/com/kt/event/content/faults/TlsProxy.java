package com.kt.event.content.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

import javax.net.ssl.SSLContext;

/** Speaks TLS with the service and passes on what it says: a Redis with {@code tls-port}, which the jar's is not built for. */
final class TlsProxy extends LoopbackProxy {
    TlsProxy(RedisProcess redis, SSLContext certificate) {
        super(redis, certificate.getServerSocketFactory());
        listen();
    }

    /** By its name, which its certificate has to have. */
    @Override
    URI uri() {
        return URI.create("rediss://localhost:" + port());
    }

    @Override
    void accepted(Socket client) throws IOException {
        Socket server = connectToRedis(client);
        inBackground(() -> pass(client, server));
        inBackground(() -> pass(server, client));
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }
}
