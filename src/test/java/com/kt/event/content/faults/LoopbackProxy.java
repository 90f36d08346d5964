package com.kt.event.content.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ServerSocketFactory;

/** Listens in place of Redis or of another local server. Subclasses decide what becomes of a connection. */
abstract class LoopbackProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

    LoopbackProxy(RedisProcess redis) {
        this(redis, ServerSocketFactory.getDefault());
    }

    LoopbackProxy(RedisProcess redis, ServerSocketFactory sockets) {
        this(redis.port(), sockets);
    }

    /** @param target the port of the server */
    LoopbackProxy(int target) {
        this(target, ServerSocketFactory.getDefault());
    }

    private LoopbackProxy(int target, ServerSocketFactory sockets) {
        this.target = target;
        try {
            listener = sockets.createServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerProcess.freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts connections from now on. */
    void listen() {
        inBackground(() -> {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                accepted(client);
            }
        });
    }

    abstract void accepted(Socket client) throws IOException;

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    final int port() {
        return listener.getLocalPort();
    }

    /** Fails if the server is down. */
    Socket connectToRedis(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        return server;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(LoopbackProxy::closeQuietly);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    interface Work {
        void run() throws IOException;
    }

    void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The connection, or the proxy, was closed.
            }
        }, getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }
}
