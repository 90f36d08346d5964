package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the service and Redis as a firewall does, and can forget the connections that there are: they stay
 * open, and nothing that either side says gets through any more. New ones work. Or it refuses new ones, as a Redis does
 * that has no room for them.
 */
final class SilentProxy extends LoopbackProxy {
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean refuses;

    SilentProxy(RedisProcess redis) {
        super(redis);
        listen();
    }

    /** Answers how many connections that were. */
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

    /** Redis says it at once; here the first words are read before, so that the answer is not lost in a reset. */
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

        /** Not even that one side hung up is told to the other, once the connection is forgotten. */
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
