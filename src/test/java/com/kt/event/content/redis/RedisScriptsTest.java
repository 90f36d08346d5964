package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.PatientAwaitility;
import com.kt.event.content.StandIns;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

@QuarkusTest
@WithTestResource(StandIns.class)
class RedisScriptsTest {
    private static final RedisScript INCREASE = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    private static final RedisScript GET = RedisScript.of("return redis.call('GET', KEYS[1])");

    private final String key = "content:test:" + UUID.randomUUID();

    @Inject
    RedisScripts scripts;

    @Inject
    ReactiveRedisDataSource redis;

    @BeforeEach
    void redisKnowsNoScript() {
        get(redis.execute(Command.SCRIPT, "FLUSH"));
    }

    @Test
    void aScriptThatRedisDoesntKnowRunsOnce() {
        assertThat(get(scripts.run(INCREASE, key, "3")).toInteger()).isEqualTo(3);
    }

    @Test
    void redisRemembersAScriptThatRan() {
        get(scripts.run(INCREASE, key, "3"));

        assertThat(get(redis.execute(Command.SCRIPT, "EXISTS", INCREASE.digest())).get(0).toInteger()).isEqualTo(1);
        assertThat(get(scripts.run(INCREASE, key, "3")).toInteger()).isEqualTo(6);
    }

    @Test
    void aRedisThatForgotTheScriptIsNotNoticed() {
        get(scripts.run(INCREASE, key, "1"));
        redisKnowsNoScript();

        assertThat(get(scripts.run(INCREASE, key, "1")).toInteger()).isEqualTo(2);
    }

    @Test
    void aScriptThatReadsRunsOnARedisWithoutReadOnlyCommandsToo() {
        get(redis.execute(Command.SET, key, "value"));

        assertThat(get(scripts.read(GET, key))).hasToString("value");
    }

    @Test
    void aScriptThatFailsIsNotRunASecondTime() {
        RedisScript failing = RedisScript.of("redis.call('INCR', KEYS[1]) return redis.error_reply('ERR no')");

        assertThatThrownBy(() -> get(scripts.run(failing, key))).hasMessageContaining("no");
        assertThat(get(redis.execute(Command.GET, key))).hasToString("1");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RedisScript.load("job/no-such-script"))
                .hasMessageContaining("/redis/job/no-such-script.lua");
    }

    private static Response get(Uni<Response> answer) {
        return answer.await().atMost(PatientAwaitility.LIMIT);
    }
}
