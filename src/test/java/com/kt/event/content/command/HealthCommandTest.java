package com.kt.event.content.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.WaitingTest;
import com.sun.net.httpserver.HttpServer;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

@WaitingTest
class HealthCommandTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "0.0.0.0", "::"})
    void isUpWhenTheServiceSaysSo(String host) {
        serviceAnswers("/q/health/ready", 200, "{\"status\": \"UP\"}");

        assertThat(run("ready", host, service.getAddress().getPort())).isEqualTo(HealthCommand.UP);

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("UP");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 65_536, 70_000})
    void refusesAPortThatThereIsNot(int port) {
        assertThatThrownBy(() -> run("live", "localhost", port)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the port must be from 1 to 65535, and is " + port);
    }

    @Test
    void tellsInOneLineWhichCheckIsDown() {
        serviceAnswers("/q/health/ready", 503, "{\n    \"status\": \"DOWN\",\n    \"checks\": [\"Redis\"]\n}");

        assertThat(run("ready", "localhost", service.getAddress().getPort())).isEqualTo(HealthCommand.DOWN);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("DOWN: 503 { \"status\": \"DOWN\", \"checks\": [\"Redis\"] }");
    }

    @Test
    void checksWhatItsArgumentNames() {
        serviceAnswers("/q/health/live", 200, "");
        serviceAnswers("/q/health/ready", 503, "");

        assertThat(run("live", "localhost", service.getAddress().getPort())).isEqualTo(HealthCommand.UP);
    }

    @Test
    void isDownWhereNobodyListens() {
        int port = service.getAddress().getPort();
        service.stop(0);

        assertThat(run("ready", "localhost", port)).isEqualTo(HealthCommand.DOWN);

        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("DOWN: no answer from http://localhost:" + port)
                .contains("refused");
    }

    @Test
    void putsAnIpv6AddressIntoBrackets() {
        int port = service.getAddress().getPort();
        service.stop(0);

        assertThat(run("ready", "::1", port)).isEqualTo(HealthCommand.DOWN);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("DOWN: no answer from http://[::1]:" + port + "/q/");
    }

    @Test
    @Timeout(60)
    void doesNotWaitForeverForAnAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("ready", "localhost", silent.getLocalPort())).isEqualTo(HealthCommand.DOWN);

            assertThat(said.toString(StandardCharsets.UTF_8)).containsIgnoringCase("timed out");
        }
    }

    private void serviceAnswers(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        service.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private int run(String kind, String host, int port) {
        Config config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(
                Map.of("quarkus.http.host", host, "quarkus.http.port", Integer.toString(port)), "test", 100)).build();
        return new HealthCommand(config, kind).run(new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
