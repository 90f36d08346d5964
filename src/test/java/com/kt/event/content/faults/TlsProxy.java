package com.kt.event.content.faults;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.SSLContext;

/** Speaks TLS with the service and passes on what it says: a Redis with {@code tls-port}, which the jar's is not built for. */
final class TlsProxy extends LoopbackProxy {
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

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
    public void close() throws IOException {
        super.close();
        for (Closeable connection : open) {
            connection.close();
        }
    }

    @Override
    void accepted(Socket client) throws IOException {
        Socket server = connectToRedis(client);
        open.add(client);
        open.add(server);
        inBackground(() -> pass(client, server));
        inBackground(() -> pass(server, client));
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }
}
