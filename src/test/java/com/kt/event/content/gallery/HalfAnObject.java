package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An S3 server that responds to each GET with the first half of an object of 100 bytes. */
final class HalfAnObject implements AutoCloseable {
    private static final String HEAD = """
            HTTP/1.1 206 Partial Content\r
            Content-Length: 100\r
            Content-Range: bytes 0-99/100\r
            ETag: "a"\r
            \r
            """;

    private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    private final boolean closes;

    /** @param closes whether it closes the connection then */
    HalfAnObject(boolean closes) throws IOException {
        this.closes = closes;
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                readRequest(client.getInputStream());
                client.getOutputStream().write((HEAD + "x".repeat(50)).getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                if (closes) {
                    client.close();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
