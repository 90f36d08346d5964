package com.kt.event.content.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Of a server whose port is taken between its choice and the start. */
class EmbeddedRedisTest {
    @Test
    void takesAnotherPort() throws IOException {
        try (ServerSocket taken = listen()) {
            int free = EmbeddedRedis.freePort();
            Iterator<Integer> ports = List.of(taken.getLocalPort(), free).iterator();
            EmbeddedRedis redis = new EmbeddedRedis(ports::next);
            try {
                assertThat(redis.getHosts()).containsExactly(redis.uri());
                assertThat(redis.uri()).hasPort(free);
            } finally {
                redis.stop();
            }
        }
    }

    @Test
    void givesUpInTheEnd() throws IOException {
        try (ServerSocket taken = listen()) {
            EmbeddedRedis redis = new EmbeddedRedis(taken::getLocalPort);

            assertThatThrownBy(redis::getHosts).isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("does not start");
            assertThat(redis.isRunning()).isFalse();
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
