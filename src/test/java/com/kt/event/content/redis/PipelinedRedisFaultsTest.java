package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import com.kt.event.content.WaitingTest;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** No command is executed twice, whatever happens to its connection: INCR counts. */
@WaitingTest
class PipelinedRedisFaultsTest extends PipelinedRedisSuite {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LARGE = 1_048_576;

    @Test
    void aFrozenRedisExecutesWhatWasSentAndNothingThatWasRefused() {
        answer(send(Command.GET, key));
        freeze();
        CompletableFuture<Response> sent = send(Command.INCR, key);
        awaitNewConnection();
        List<CompletableFuture<Response>> refused = send(20, Command.INCR, key);
        assertThat(refused).allSatisfy(command -> assertThat(failure(command)).contains("Redis"));
        thaw();

        awaitRecovery();
        assertThat(sent).isDone();
        assertThat(stored()).isEqualTo("1");
    }

    /** It lasts longer than a connection may be slow, and shorter than it may be silent. */
    @Test
    void aSlowRedisAnswersWhatItOwesAndOthersGetAnotherConnection() {
        answer(send(Command.GET, key));
        freeze();
        CompletableFuture<Response> sent = send(Command.INCR, key);
        awaitNewConnection();
        thaw();

        assertThat(answer(sent)).isEqualTo("1");
        awaitRecovery();
        assertThat(line.connections()).isGreaterThan(1);
    }

    @Test
    void aLargeReplyThatTakesLongDelaysOthersUntilTheyGetAnotherConnectionOnly() {
        answer(send(Command.SET, key, "x".repeat(LARGE)));
        answer(send(Command.STRLEN, key));
        line.holdAnswers();
        CompletableFuture<Response> large = send(Command.GETRANGE, key, "0", "-1");

        awaitNewConnection();
        assertThat(answer(send(Command.STRLEN, key))).isEqualTo(Integer.toString(LARGE));
        assertThat(large).isNotDone();
        line.releaseAnswers();
        assertThat(answer(large)).hasSize(LARGE);
    }

    @Test
    void aSilentConnectionIsReplacedAndItsCommandsFail() {
        answer(send(Command.GET, key));
        line.silence();
        Instant silent = Instant.now();
        CompletableFuture<Response> lost = send(Command.INCR, key);

        awaitNewConnection();
        assertThat(answer(send(Command.GET, key))).isEqualTo("null");
        assertThat(lost).as("still within its limit").isNotDone();
        assertThat(failure(lost)).contains("CONNECTION_CLOSED");
        assertThat(Duration.between(silent, Instant.now())).isGreaterThan(Duration.ofSeconds(SILENCE_SECONDS));
        assertThat(answer(send(Command.INCR, key))).as("only this one").isEqualTo("1");
    }

    @Test
    void aSilentConnectionIsNoticedBeforeItIsUsed() {
        answer(send(Command.GET, key));
        line.silence();

        await().atMost(LIMIT).during(Duration.ofSeconds(8)).until(() -> line.connections() == 1);

        assertThat(answer(send(Command.INCR, key))).isEqualTo("1");
    }

    @Test
    void commandsInFlightOnACutConnectionFailAndAreNotRepeated() {
        answer(send(Command.GET, key));
        line.dropAnswers();
        List<CompletableFuture<Response>> sent = send(10, Command.INCR, key);
        CompletableFuture<List<Response>> batch = onLoop(() -> redis.batch(List.of(request(Command.INCR, key),
                request(Command.INCR, key))));
        await().atMost(LIMIT).until(() -> "12".equals(stored()));
        line.cut();

        assertThat(sent).allSatisfy(command -> assertThat(failure(command)).contains("CONNECTION_CLOSED"));
        assertThat(failure(batch)).contains("ERR [0] CONNECTION_CLOSED").contains("ERR [1] CONNECTION_CLOSED");
        await().atMost(LIMIT).until(() -> isAnswered(send(Command.GET, "no-such-key")));
        assertThat(stored()).isEqualTo("12");
    }

    @Test
    void goesOnAfterRedisKilledItsConnection() {
        answer(send(Command.INCR, key));
        try (Jedis jedis = jedis()) {
            jedis.clientKill(new ClientKillParams().type(ClientType.NORMAL));
        }

        awaitRecovery();
        assertThat(answer(send(Command.INCR, key))).isEqualTo("2");
        assertThat(connected).hasValue(2);
    }

    @Test
    void callersShareOneAttemptToConnect() {
        List<CompletableFuture<Response>> sent = send(500, Command.INCR, key);

        sent.forEach(PipelinedRedisSuite::answer);

        assertThat(line.connections()).isEqualTo(1);
        assertThat(stored()).isEqualTo("500");
    }

    @Test
    void failsInTimeWhileRedisIsDown() {
        answer(send(Command.GET, key));
        server.stop();
        await().atMost(LIMIT).until(() -> failure(send(Command.INCR, key)).contains("no connection to Redis"));
        Instant begin = Instant.now();

        assertThat(send(1_000, Command.INCR, key))
                .allSatisfy(command -> assertThat(failure(command)).contains("Redis"));

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        server.getHosts();
        awaitRecovery();
        assertThat(stored()).isNull();
    }

    /** Without a failure for those who ask before the next attempt. */
    @Test
    void sendsTheFirstCommandAfterRedisIsBack() {
        server.stop();
        for (int i = 0; i < 6; i++) {
            assertThat(failure(send(Command.INCR, key))).contains("no connection to Redis");
        }
        server.getHosts();

        assertThat(answer(send(Command.INCR, key))).isEqualTo("1");
    }

    @Test
    void aServerThatIsNoMasterAnyMoreIsLeft() {
        answer(send(Command.GET, key));
        try (Jedis jedis = jedis()) {
            jedis.slaveof("127.0.0.1", 1);
            await().atMost(LIMIT).until(() -> failure(send(Command.INCR, key)).contains("READONLY")
                    && line.connections() > 1);
            jedis.slaveofNoOne();
        }

        await().atMost(LIMIT).until(() -> isAnswered(send(Command.INCR, key)));
        assertThat(stored()).isEqualTo("1");
    }

    /** Until a new connection is tried. From then on no command is sent on the old one. */
    private void awaitNewConnection() {
        int known = line.connections();
        await().atMost(LIMIT).until(() -> {
            send(Command.PING);
            return line.connections() > known;
        });
    }

    private void awaitRecovery() {
        await().atMost(LIMIT).until(() -> isAnswered(send(Command.GET, "no-such-key")));
    }

    private static boolean isAnswered(CompletableFuture<Response> sent) {
        return failure(sent).equals("null");
    }
}
