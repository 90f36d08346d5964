package com.kt.event.content.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

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

    /**
     * Another process may take the port meanwhile. And Linux runs no file that is open for writing, as the server's is while
     * the jar's copy is written: a process that another thread starts then has it open, too, for a moment.
     */
    private static final int ATTEMPTS = 5;

    private final IntSupplier ports;
    private RedisServer server;
    private boolean isRunning;
    private int port;

    public EmbeddedRedis() {
        this(EmbeddedRedis::freePort);
    }

    /** @param ports that are free at the moment */
    EmbeddedRedis(IntSupplier ports) {
        this.ports = ports;
    }

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
        boolean isRestart = port != 0;
        for (int attempt = 1; server == null; attempt++) {
            int candidate = isRestart ? port : ports.getAsInt();
            try {
                server = started(candidate);
                port = candidate;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("the embedded Redis does not start", e);
                }
                LOG.debugf("embedded Redis did not start on port %d, trying again: %s", candidate, e.getMessage());
            }
        }
        if (outlivesBean()) {
            DevState.set(PORT, Integer.toString(port));
        }
    }

    /** Its builder adds a shutdown hook. */
    private static RedisServer started(int port) throws IOException {
        RedisServer redis = RedisServer.newRedisServer().port(port)
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        redis.start();
        return redis;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Below the ephemeral ports: an outgoing connection would take one of those before a restart. */
    public static int freePort() {
        return ThreadLocalRandom.current().ints(11_000, 32_000).filter(EmbeddedRedis::isFree).findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
