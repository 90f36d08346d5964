package com.kt.event.content.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/** Checks the listen address before the start; otherwise the service would have claimed jobs before it finds out. */
public final class ListenAddress {
    private ListenAddress() {
    }

    /** Why the service cannot listen there, as a sentence; empty if it can. */
    public static Optional<String> complaint(Config config) {
        String host = Settings.value("quarkus.http.host", config).orElse("0.0.0.0");
        int port = Settings.value("quarkus.http.port", config).map(Integer::valueOf).orElse(8080);
        if (port == 0 || !listens(config)) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of("quarkus.http.host (QUARKUS_HTTP_HOST) must be an address of this machine; '" + host
                    + "' is unknown");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does, so that connections in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("quarkus.http.port (QUARKUS_HTTP_PORT) or quarkus.http.host (QUARKUS_HTTP_HOST) must be"
                    + " changed: cannot listen on " + host + ":" + port + " (" + e.getMessage() + ")");
        }
    }

    private static boolean listens(Config config) {
        return !Settings.value("quarkus.http.host-enabled", config).orElse("true").equals("false")
                && !Settings.value("quarkus.http.insecure-requests", config).orElse("enabled").equals("disabled");
    }
}
