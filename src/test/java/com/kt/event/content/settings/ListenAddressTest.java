package com.kt.event.content.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class ListenAddressTest {
    @Test
    void namesThePortThatIsTakenAndNotOneThatIsFree() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            assertThat(complaint("127.0.0.1", port, true)).get().asString()
                    .startsWith("quarkus.http.port (QUARKUS_HTTP_PORT)").contains("127.0.0.1:" + port);
            assertThat(complaint("127.0.0.1", port, false)).isEmpty();
        }
        assertThat(complaint("127.0.0.1", port, true)).isEmpty();
    }

    @Test
    void namesTheHostThatIsNotOfThisMachine() {
        assertThat(complaint("192.0.2.1", 8080, true)).get().asString()
                .contains("quarkus.http.host (QUARKUS_HTTP_HOST)");
        assertThat(complaint("no such host", 8080, true)).get().asString().startsWith("quarkus.http.host ");
    }

    @Test
    void anyPortIsFree() {
        assertThat(complaint("127.0.0.1", 0, true)).isEmpty();
    }

    private static Optional<String> complaint(String host, int port, boolean listens) {
        return ListenAddress.complaint(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(
                Map.of("quarkus.http.host", host, "quarkus.http.port", Integer.toString(port),
                        "quarkus.http.host-enabled", Boolean.toString(listens)),
                "test", 100)).build());
    }
}
