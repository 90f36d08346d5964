package com.kt.event.content.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/** Where the service listens: looked at before it starts, or it would have claimed jobs by the time that it finds out. */
public final class ListenAddress {
    private ListenAddress() {
    }

    /** A sentence on why nobody can listen there; empty where one can. */
    public static Optional<String> complaint(Config config) {
        String host = config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        int port = config.getOptionalValue("quarkus.http.port", Integer.class).orElse(8080);
        if (port == 0 || !listens(config)) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of("quarkus.http.host (QUARKUS_HTTP_HOST) must be an address of this machine, and '" + host
                    + "' is unknown");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: connections that have ended there lately are no hindrance.
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("quarkus.http.port (QUARKUS_HTTP_PORT) or quarkus.http.host (QUARKUS_HTTP_HOST) must be"
                    + " another one: nobody can listen at " + host + ":" + port + " (" + e.getMessage() + ")");
        }
    }

    private static boolean listens(Config config) {
        return config.getOptionalValue("quarkus.http.host-enabled", Boolean.class).orElse(true) && !"disabled"
                .equals(config.getOptionalValue("quarkus.http.insecure-requests", String.class).orElse("enabled"));
    }
}
