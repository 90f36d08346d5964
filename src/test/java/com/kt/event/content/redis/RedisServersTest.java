package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.WaitingTest;

import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.core.net.NetServer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

@WaitingTest
class RedisServersTest {
    /** On a busy machine the classes of the first command take as long, and then Redis is not to blame. */
    @Test
    void waitsForASlowAnswer() {
        Vertx vertx = Vertx.vertx();
        NetServer server = vertx.getDelegate().createNetServer().connectHandler(client -> client.handler(command -> {
            String text = command.toString().toUpperCase(Locale.ROOT);
            String answer = text.contains("HELLO")
                    ? "-ERR unknown command\r\n"
                    : text.contains("TIME") ? "*2\r\n$10\r\n1700000000\r\n$1\r\n0\r\n" : "+OK\r\n";
            vertx.getDelegate().setTimer(text.contains("TIME") ? 2_000 : 1, late -> client.write(answer));
        })).listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        RedisOptions options = new RedisOptions().setConnectionString("redis://localhost:" + server.actualPort());
        ClientOptions known = new ClientOptions();
        known.customize(RedisConfig.DEFAULT_CLIENT_NAME, options);
        List<Instant> clocks = new ArrayList<>();

        new RedisServers(Redis.createClient(vertx, options), known, vertx).forEach(one -> clocks.add(one.now()));

        assertThat(clocks).containsExactly(Instant.ofEpochSecond(1_700_000_000));
        vertx.closeAndAwait();
    }

    @ParameterizedTest
    @CsvSource({
            "redis://a:7000, b, redis://b:7001",
            "redis://a:7000, '', redis://a:7001",
            "redis://[::1]:7000, '', redis://[::1]:7001",
            "redis://a:7000, 2001:db8::7, redis://[2001:db8::7]:7001",
            "rediss://me:p%40ss@a:7000, 10.0.0.7, rediss://me:p%40ss@10.0.0.7:7001",
            "redis://a:7000?password=p%40ss, b, redis://b:7001?password=p%40ss"})
    void reachesAnotherServerInTheSameWay(URI known, String host, String address) {
        assertThat(RedisServers.address(known, host, 7001)).isEqualTo(address);
    }
}
