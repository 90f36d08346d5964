package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the service and Redis as a firewall does. It can forget the present connections, which stay open but
 * drop everything, while new ones work; or it can refuse new ones, as a Redis at its limit of clients does.
 */
final class SilentProxy extends LoopbackProxy {
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean refuses;

    SilentProxy(RedisProcess redis) {
        super(redis);
        listen();
    }

    /** Returns the number of these connections. */
    int forgetConnections() {
        List<Connection> known = connections.stream().filter(connection -> !connection.forgotten).toList();
        known.forEach(connection -> connection.forgotten = true);
        return known.size();
    }

    void refuseConnections() {
        refuses = true;
    }

    void takeConnections() {
        refuses = false;
    }

    int refusals() {
        return refusals.get();
    }

    @Override
    void accepted(Socket client) throws IOException {
        if (refuses) {
            inBackground(() -> refuse(client));
        } else {
            Connection connection = new Connection(client);
            connections.add(connection);
            inBackground(() -> connection.pass(connection.client, connection.server));
            inBackground(() -> connection.pass(connection.server, connection.client));
        }
    }

    /** Redis replies at once. Here the first bytes are read before, so that no reset discards the reply. */
    private void refuse(Socket client) throws IOException {
        try (client) {
            if (client.getInputStream().read(new byte[8_192]) > 0) {
                client.getOutputStream().write("-ERR max number of clients reached\r\n".getBytes());
                refusals.incrementAndGet();
            }
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean forgotten;

        Connection(Socket client) throws IOException {
            this.client = client;
            this.server = connectToRedis(client);
        }

        /** On a forgotten connection, neither side learns that the other has closed. */
        void pass(Socket from, Socket to) throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            int read = in.read(bytes);
            while (read >= 0) {
                if (!forgotten) {
                    out.write(bytes, 0, read);
                }
                read = in.read(bytes);
            }
            if (!forgotten) {
                close();
            }
        }

        void close() throws IOException {
            connections.remove(this);
            client.close();
            server.close();
        }
    }
}
