package com.kt.event.content.provider;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.RequestOptions;

/** A server that does one step at a time, when the test says so, and knows how many requests it has received. */
final class SocketPeer implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

    private final ServerSocket server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    SocketPeer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    RequestOptions request() {
        return new RequestOptions().setHost("localhost").setPort(server.getLocalPort()).setURI("/");
    }

    Connection accept() throws IOException {
        Connection connection = new Connection(server.accept());
        connections.add(connection);
        return connection;
    }

    /** Those that were read to their end. */
    int requests() {
        return connections.stream().mapToInt(connection -> connection.requests).sum();
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        server.close();
    }

    static final class Connection {
        private final Socket socket;
        private int requests;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        /** Reads a request to its end. */
        void read() throws IOException {
            Matcher length = LENGTH.matcher(readHead());
            int expected = length.find() ? Integer.parseInt(length.group(1)) : 0;
            if (socket.getInputStream().readNBytes(expected).length < expected) {
                throw new IOException("an incomplete request");
            }
            requests++;
        }

        String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("closed after " + head);
                }
                head.append((char) next);
            }
            return head.toString();
        }

        /** Waits until something can be read, and leaves it. */
        void awaitBytes() {
            await().until(() -> socket.getInputStream().available() > 0);
        }

        void write(String response) throws IOException {
            socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
        }

        void respond(String response) throws IOException {
            read();
            write(response);
        }

        /** Whether the client closes the connection, without another request on it. */
        boolean isClosedByClient() {
            return readToEnd() == 0;
        }

        /** Waits until the client closes the connection, and returns the number of bytes until then. */
        long readToEnd() {
            byte[] bytes = new byte[100_000];
            long count = 0;
            try {
                for (int now = 0; now >= 0; now = socket.getInputStream().read(bytes)) {
                    count += now;
                }
            } catch (SocketException e) {
                // A RST.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return count;
        }

        /** Sends a FIN. */
        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends a RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            close();
        }
    }
}
