package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.WaitingTest;

import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;

import redis.clients.jedis.Jedis;

@WaitingTest
class PipelinedRedisTest extends PipelinedRedisSuite {
    private static final int LARGE = 1_048_576;

    @Test
    void commandsOfAnEventLoopShareOneConnectionAndKeepTheirOrder() {
        List<CompletableFuture<Response>> sent = send(1_000, Command.INCR, key);

        assertThat(sent.stream().map(PipelinedRedisSuite::answer))
                .isEqualTo(IntStream.rangeClosed(1, 1_000).mapToObj(Integer::toString).toList());
        assertThat(line.connections()).isEqualTo(1);
    }

    @Test
    void noCommandOvertakesThoseThatWaitForTheConnection() {
        CompletableFuture<Response> later = new CompletableFuture<>();
        onConnect = () -> send(Command.APPEND, key, "b").thenAccept(later::complete);

        CompletableFuture<Response> earlier = send(Command.APPEND, key, "a");

        assertThat(answer(earlier)).isEqualTo("1");
        assertThat(answer(later)).isEqualTo("2");
        assertThat(stored()).isEqualTo("ab");
    }

    @Test
    void otherThreadsUseTheConnectionsOfTheEventLoops() {
        IntStream.range(0, 100).forEach(i -> redis.send(request(Command.INCR, key)).toCompletionStage()
                .toCompletableFuture().join());
        IntStream.range(0, 100).parallel().forEach(i -> redis.send(request(Command.INCR, key)).toCompletionStage()
                .toCompletableFuture().join());

        assertThat(stored()).isEqualTo("200");
        assertThat(line.connections()).isLessThanOrEqualTo(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
    }

    @Test
    void aBatchIsExecutedInItsOrder() {
        List<Response> answers = onLoop(() -> redis.batch(List.of(request(Command.SET, key, "5"),
                request(Command.INCR, key), request(Command.GET, key)))).join();

        assertThat(answers).hasToString("[OK, 6, 6]");
    }

    @Test
    void anErrorIsTheFailureOfItsCommandOnly() {
        CompletableFuture<Response> before = send(Command.SET, key, "text");
        CompletableFuture<Response> wrong = send(Command.INCR, key);
        CompletableFuture<Response> after = send(Command.GET, key);

        assertThat(answer(before)).isEqualTo("OK");
        assertThat(failure(wrong)).contains("not an integer");
        assertThat(answer(after)).isEqualTo("text");
        assertThat(line.connections()).isEqualTo(1);
    }

    @Test
    void aRedisOutOfMemoryRefusesAndKeepsTheConnection() {
        try (Jedis jedis = jedis()) {
            jedis.configSet("maxmemory", "1");

            assertThat(failure(send(Command.SET, key, "1"))).contains("OOM");

            jedis.configSet("maxmemory", "0");
        }
        assertThat(answer(send(Command.SET, key, "1"))).isEqualTo("OK");
        assertThat(line.connections()).isEqualTo(1);
    }

    @Test
    void largeAndSmallRepliesOfOneConnectionArriveWhole() {
        answer(send(Command.SET, key, "x".repeat(LARGE)));
        List<CompletableFuture<Response>> large = send(10, Command.GETRANGE, key, "0", "-1");
        CompletableFuture<Response> small = send(Command.STRLEN, key);

        assertThat(large).allSatisfy(reply -> assertThat(answer(reply)).hasSize(LARGE));
        assertThat(answer(small)).isEqualTo(Integer.toString(LARGE));
        assertThat(line.connections()).isEqualTo(1);
    }

    @Test
    void anIdleConnectionIsKept() {
        answer(send(Command.GET, key));
        await().during(Duration.ofSeconds(2L * SILENCE_SECONDS)).atMost(Duration.ofSeconds(3L * SILENCE_SECONDS))
                .until(() -> line.connections() == 1);

        answer(send(Command.GET, key));

        assertThat(line.connections()).isEqualTo(1);
    }

    @Test
    void closesItsConnections() {
        answer(send(Command.GET, key));
        redis.send(request(Command.GET, key)).toCompletionStage().toCompletableFuture().join();
        try (Jedis jedis = jedis()) {
            assertThat(jedis.clientList().lines()).hasSizeBetween(2, 3);

            redis.close();

            await().untilAsserted(() -> assertThat(jedis.clientList().lines()).hasSize(1));
        }
        assertThat(failure(send(Command.GET, key))).contains("no connection to Redis");
    }
}
