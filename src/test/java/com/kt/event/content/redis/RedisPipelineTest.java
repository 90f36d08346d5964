package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;

@QuarkusTest
@WithTestResource(StandIns.class)
class RedisPipelineTest {
    private final String key = "content:test:" + UUID.randomUUID();
    /** A script that no other test has used. */
    private final RedisScript increase = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1]) --" + key);
    private final String other = "content:test:" + UUID.randomUUID();

    @Inject
    RedisPipeline pipeline;

    @Inject
    RedisScripts scripts;

    @Inject
    ReactiveRedisDataSource redis;

    @Test
    void theAnswersComeInTheOrderOfTheCommands() {
        RedisBatch batch = new RedisBatch().add(Command.SET, key, "1").add(Command.INCR, key).add(Command.GET, other)
                .add(Command.GET, key);

        assertThat(send(batch)).extracting(answer -> answer == null ? null : answer.toString())
                .containsExactly("OK", "2", null, "2");
    }

    @Test
    void aScriptThatRedisDoesntKnowRunsInItsPlace() {
        RedisBatch batch = new RedisBatch().add(Command.SET, key, "1").add(increase, key, "4").add(Command.GET, key);

        assertThat(send(batch)).hasToString("[OK, 5, 5]");
        assertThat(send(batch)).hasToString("[OK, 5, 5]");
    }

    @Test
    void scriptsThatRedisForgotRunOnce() {
        RedisBatch batch = new RedisBatch().add(increase, key, "1").add(increase, other, "1");
        send(batch);
        forgetScripts();

        assertThat(send(batch)).hasToString("[2, 2]");
        assertThat(send(batch)).hasToString("[3, 3]");
    }

    /** What the other commands answered is lost, so that the batch cannot be completed. */
    @Test
    void aForgottenScriptBesideAnotherCommandFailsTheBatchOnce() {
        RedisBatch batch = new RedisBatch().add(increase, key, "1").add(Command.INCR, other);
        send(batch);
        forgetScripts();

        assertThatThrownBy(() -> send(batch)).isInstanceOf(RedisBatchException.class)
                .hasMessageContaining("NOSCRIPT").matches(RedisFailures::isRedisTrouble)
                .matches(failure -> !RedisFailures.isFinal(failure));
        assertThat(send(batch)).hasToString("[2, 3]");
    }

    @Test
    void anErrorNamesItsCommandAndTheOthersAreExecuted() {
        get(redis.execute(Command.HSET, key, "field", "value"));
        RedisBatch batch = new RedisBatch().add(Command.INCR, other).add(Command.GET, key).add(Command.INCR, other);

        RedisBatchException failure = catchThrowableOfType(RedisBatchException.class, () -> send(batch));

        assertThat(failure.first()).isEqualTo(1);
        assertThat(failure.error(0)).isNull();
        assertThat(failure.error(1)).startsWith("WRONGTYPE");
        assertThat(failure.error(2)).isNull();
        assertThat(RedisFailures.isWrongType(failure)).isTrue();
        assertThat(RedisFailures.isFinal(failure)).isTrue();
        assertThat(get(redis.execute(Command.GET, other))).hasToString("2");
    }

    @Test
    void inAClusterNoCommandIsSentAfterOneThatFailed() {
        RedisPipeline cluster = new RedisPipeline(redis, scripts, RedisClientType.CLUSTER);
        get(redis.execute(Command.HSET, key, "field", "value"));
        RedisBatch batch = new RedisBatch().add(Command.INCR, other).add(increase, key, "1").add(Command.INCR, other);

        RedisBatchException failure = catchThrowableOfType(RedisBatchException.class, () -> get(cluster.send(batch)));

        assertThat(failure.first()).isEqualTo(1);
        assertThat(failure.error(1)).contains("WRONGTYPE");
        assertThat(get(redis.execute(Command.GET, other))).hasToString("1");
    }

    private void forgetScripts() {
        get(redis.execute(Command.SCRIPT, "FLUSH"));
    }

    private List<Response> send(RedisBatch batch) {
        return get(pipeline.send(batch));
    }

    private static <T> T get(Uni<T> answer) {
        return answer.await().atMost(PatientAwaitility.LIMIT);
    }
}
