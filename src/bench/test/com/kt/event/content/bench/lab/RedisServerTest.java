package com.kt.event.content.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void findsTheNumberOfCommands() {
        assertThat(RedisServer.commands("# Stats\r\ntotal_connections_received:3\r\ntotal_commands_processed:42\r\n"))
                .isEqualTo(42);
    }
}
