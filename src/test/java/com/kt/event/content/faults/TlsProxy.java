package com.kt.event.content.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

import javax.net.ssl.SSLContext;

/** Terminates TLS in front of Redis, because the Redis in the jar is built without TLS. */
final class TlsProxy extends LoopbackProxy {
    TlsProxy(RedisProcess redis, SSLContext certificate) {
        super(redis, certificate.getServerSocketFactory());
        listen();
    }

    /** With the host name that the certificate has. */
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
