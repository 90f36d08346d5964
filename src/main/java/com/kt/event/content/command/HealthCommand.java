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

/**
 * Asks the service that runs in the same container how it is, for images without a shell and without curl. No second
 * service is started for that, which would take more memory than a small container has.
 */
final class HealthCommand {
    static final int UP = 0;
    static final int DOWN = 1;

    private static final int CONNECT_MILLIS = 1_000;
    /** Readiness itself takes up to 3 s to find out that Redis does not answer. */
    private static final int ANSWER_MILLIS = 4_000;

    private static final String PORT = "quarkus.http.port";
    private static final String HOST = "quarkus.http.host";
    /** An address to listen at, and none to connect to. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private final URI address;

    /** @param kind "ready" or "live" */
    HealthCommand(Config config, String kind) {
        String host = config.getOptionalValue(HOST, String.class).filter(it -> !EVERYWHERE.contains(it))
                .orElse("localhost");
        int port = config.getOptionalValue(PORT, Integer.class).orElse(8080);
        if (!HttpAddresses.isPort(port)) {
            // The connection would say so with a stack trace.
            throw new IllegalArgumentException(
                    "the port must be from 1 to " + HttpAddresses.MAX_PORT + ", and is " + port);
        }
        // An IPv6 address needs brackets before a port.
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        this.address = URI.create("http://" + name + ":" + port + "/q/health/" + kind);
    }

    /** Says one line, and answers with the exit code: {@link #UP} or {@link #DOWN}. */
    int run(PrintStream out) {
        try {
            return tell(ask(), out);
        } catch (IOException e) {
            out.println("DOWN: no answer from " + address + ": " + e.getMessage());
            return DOWN;
        }
    }

    private HttpURLConnection ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        return connection;
    }

    private static int tell(HttpURLConnection answer, PrintStream out) throws IOException {
        if (answer.getResponseCode() == HttpURLConnection.HTTP_OK) {
            out.println("UP");
            return UP;
        }
        out.println("DOWN: " + answer.getResponseCode() + " " + bodyOf(answer));
        return DOWN;
    }

    /** It names the check that failed. */
    private static String bodyOf(HttpURLConnection answer) throws IOException {
        try (InputStream body = answer.getErrorStream()) {
            return body == null
                    ? ""
                    : new String(body.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        }
    }
}
