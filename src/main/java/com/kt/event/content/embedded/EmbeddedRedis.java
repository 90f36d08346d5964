package com.kt.event.content.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.client.RedisHostsProvider;
import io.smallrye.common.annotation.Identifier;

import redis.embedded.RedisServer;

/** A real Redis server from a jar, on a free local port. It ends with the service. */
@Singleton
@Identifier("embedded")
@IfBuildProfile("dev")
public class EmbeddedRedis implements RedisHostsProvider {
    private static final Logger LOG = Logger.getLogger(EmbeddedRedis.class);

    private RedisServer server;
    private int port;

    /**
     * Starts the server if it is not running; after a stop, on the same port. In dev mode Quarkus asks for it only if
     * {@code quarkus.redis.hosts} is not set.
     */
    @Override
    public synchronized Set<URI> getHosts() {
        if (server == null) {
            start();
            LOG.infof("embedded Redis started: %s", uri());
        }
        return Set.of(uri());
    }

    synchronized boolean isRunning() {
        return server != null;
    }

    @PreDestroy
    public synchronized void stop() {
        if (server != null) {
            try {
                server.stop();
            } catch (IOException e) {
                LOG.warnf("embedded Redis did not stop: %s", e.getMessage());
            }
            server = null;
        }
    }

    private URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    private void start() {
        if (port == 0) {
            port = freePort();
        }
        try {
            server = RedisServer.newRedisServer().port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
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
