package com.kt.event.content.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.client.RedisHostsProvider;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.common.annotation.Identifier;

import redis.embedded.RedisServer;

/**
 * A real Redis server from a jar, on a free local port. It ends with the JVM; in dev mode it outlives this bean, so that a
 * live reload finds it again, with its data.
 */
@Singleton
@Identifier("embedded")
@IfBuildProfile("dev")
public class EmbeddedRedis implements RedisHostsProvider {
    private static final Logger LOG = Logger.getLogger(EmbeddedRedis.class);

    /** The name in {@link DevState}. */
    private static final String PORT = "redis-port";

    private RedisServer server;
    private boolean isRunning;
    private int port;

    /**
     * Starts the server if it is not running; after a stop, on the same port. In dev mode Quarkus asks for it only if
     * {@code quarkus.redis.hosts} is not set.
     */
    @Override
    public synchronized Set<URI> getHosts() {
        if (!isRunning) {
            if (!findAgain()) {
                start();
            }
            isRunning = true;
        }
        return Set.of(uri());
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    @PreDestroy
    void end() {
        if (!outlivesBean()) {
            stop();
        }
    }

    /** Stops the server that this object has started. */
    public synchronized void stop() {
        if (server != null) {
            try {
                server.stop();
            } catch (IOException e) {
                LOG.warnf("embedded Redis did not stop: %s", e.getMessage());
            }
            server = null;
            isRunning = false;
        }
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    private static boolean outlivesBean() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT;
    }

    /** Whether a live reload has left a server. */
    private boolean findAgain() {
        int left = outlivesBean() ? DevState.get(PORT).map(Integer::valueOf).orElse(0) : 0;
        if (left == 0 || !accepts(left)) {
            return false;
        }
        port = left;
        return true;
    }

    private void start() {
        if (port == 0) {
            port = freePort();
        }
        try {
            // Its builder adds a shutdown hook.
            server = RedisServer.newRedisServer().port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
        }
        if (outlivesBean()) {
            DevState.set(PORT, Integer.toString(port));
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
