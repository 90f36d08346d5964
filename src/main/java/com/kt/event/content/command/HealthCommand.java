package com.kt.event.content.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.eclipse.microprofile.config.Config;

import com.kt.event.content.settings.HttpAddresses;
import com.kt.event.content.settings.Settings;

/**
 * The command {@code health}: asks the service in the same container for its health, for images without a shell and curl.
 * It starts no second service, which would need more memory than a small container has.
 */
final class HealthCommand {
    static final int UP = 0;
    static final int DOWN = 1;

    private static final int CONNECT_MILLIS = 1_000;
    /** Readiness takes up to 3 s to find that Redis does not answer. */
    private static final int READ_MILLIS = 4_000;

    private static final String PORT = "quarkus.http.port";
    private static final String HOST = "quarkus.http.host";
    /** Addresses to listen at, but not to connect to. */
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

    private final URI address;

    /** @param kind "ready" or "live" */
    HealthCommand(Config config, String kind) {
        String host = Settings.value(HOST, config).filter(it -> !WILDCARDS.contains(it))
                .orElse("localhost");
        int port = Settings.value(PORT, config).map(Integer::valueOf).orElse(8080);
        if (!HttpAddresses.isPort(port)) {
            // The connection would fail with a stack trace.
            throw new IllegalArgumentException(
                    "the port must be from 1 to " + HttpAddresses.MAX_PORT + ", and is " + port);
        }
        // An IPv6 address needs brackets before a port.
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        this.address = URI.create("http://" + name + ":" + port + "/q/health/" + kind);
    }

    /** Prints one line, and returns the exit code: {@link #UP} or {@link #DOWN}. */
    int run(PrintStream out) {
        try {
            return print(open(), out);
        } catch (IOException e) {
            out.println("DOWN: no answer from " + address + ": " + e.getMessage());
            return DOWN;
        }
    }

    private HttpURLConnection open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        return connection;
    }

    private static int print(HttpURLConnection connection, PrintStream out) throws IOException {
        if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
            out.println("UP");
            return UP;
        }
        out.println("DOWN: " + connection.getResponseCode() + " " + bodyOf(connection));
        return DOWN;
    }

    /** The body names the check that failed. */
    private static String bodyOf(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            return body == null
                    ? ""
                    : new String(body.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        }
    }
}
