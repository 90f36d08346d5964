package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.util.Set;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.embedded.EmbeddedRedis;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import redis.clients.jedis.Jedis;

@QuarkusTest
@WithTestResource(StandIns.class)
class WarmUpTest {
    EmbeddedRedis embeddedRedis;

    @Inject
    @Readiness
    WarmUp warmUp;

    @Test
    void leavesNothingInRedisAndSaysWhenItIsDone() {
        try (Jedis redis = new Jedis(embeddedRedis.getHosts().iterator().next())) {
            Set<String> before = redis.keys("*");
            long commands = evals(redis);

            warmUp.start(new StartupEvent());

            // The steps of an acceptance that are scripts: the idempotency key, the live job, the queue, the record.
            await().until(() -> evals(redis) >= commands + 4);
            await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200)
                    .body("checks.find { it.name == 'Warm-up' }.status", is("UP")));
            assertThat(redis.keys("*")).isSubsetOf(before);
        }
    }

    private static long evals(Jedis redis) {
        return redis.info("commandstats").lines().filter(line -> line.startsWith("cmdstat_eval"))
                .map(line -> line.replaceAll("^cmdstat_eval\\w*:calls=(\\d+),.*", "$1")).mapToLong(Long::parseLong)
                .sum();
    }
}
