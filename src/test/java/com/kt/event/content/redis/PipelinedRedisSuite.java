package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.embedded.EmbeddedRedis;

import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import redis.clients.jedis.Jedis;

/** The base of the tests of {@link PipelinedRedis}: a Redis of its own, and one event loop that sends. */
abstract class PipelinedRedisSuite {
    /** A connection that owes an answer for as long is closed. */
    static final int SILENCE_SECONDS = 6;
    private static final int PATIENCE_SECONDS = 60;

    final String key = "content:test:" + UUID.randomUUID();
    final Vertx vertx = Vertx.vertx();
    final EmbeddedRedis server = new EmbeddedRedis();

    /** How many connections the client has told of. */
    final AtomicInteger connected = new AtomicInteger();

    /** Runs when there is a connection, before a command is sent on it. */
    Runnable onConnect = () -> {
    };

    RedisLine line;
    PipelinedRedis redis;
    private Context loop;
    private String process;

    @BeforeEach
    void connect() {
        line = new RedisLine(vertx, address().getPort());
        RedisOptions options = new RedisOptions().setConnectionString(line.uri()).setMaxWaitingHandlers(10_000);
        options.getNetClientOptions().setReadIdleTimeout(SILENCE_SECONDS);
        ClientOptions known = new ClientOptions();
        known.customize(RedisConfig.DEFAULT_CLIENT_NAME, options);
        redis = new PipelinedRedis(vertx, known, Redis.createClient(vertx, options), () -> {
            connected.incrementAndGet();
            onConnect.run();
        });
        loop = vertx.getOrCreateContext();
        try (Jedis jedis = jedis()) {
            process = jedis.info("server").lines().filter(text -> text.startsWith("process_id:")).findFirst()
                    .orElseThrow()
                    .substring("process_id:".length());
        }
    }

    @AfterEach
    void disconnect() {
        thaw();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.stop();
    }

    private URI address() {
        return server.getHosts().iterator().next();
    }

    Jedis jedis() {
        return new Jedis(address(), 10_000);
    }

    /** Sends a command from the event loop. */
    CompletableFuture<Response> send(Command command, String... args) {
        return onLoop(() -> redis.send(request(command, args)));
    }

    /** Sends a command so many times, without waiting. */
    List<CompletableFuture<Response>> send(int times, Command command, String... args) {
        return IntStream.range(0, times).mapToObj(i -> send(command, args)).toList();
    }

    <T> CompletableFuture<T> onLoop(Supplier<Future<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(start -> work.get().onSuccess(result::complete).onFailure(result::completeExceptionally));
        return result;
    }

    static Request request(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return request;
    }

    static String answer(CompletableFuture<Response> sent) {
        return String.valueOf(sent.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    /** Why it failed. */
    static String failure(CompletableFuture<?> sent) {
        return sent.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).handle((answer, failure) -> String.valueOf(failure))
                .join();
    }

    /** Redis accepts connections and answers nothing. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor()).isNotNegative();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What Redis has of the key, read beside the client. */
    String stored() {
        try (Jedis jedis = jedis()) {
            return jedis.get(key);
        }
    }
}
