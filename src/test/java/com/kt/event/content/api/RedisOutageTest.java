package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.embedded.EmbeddedRedis;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

import redis.clients.jedis.Jedis;

/** Responses while Redis is down, and the recovery without a restart. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RedisOutageTest {
    private static final Duration PROMISE = Duration.ofSeconds(2);

    EmbeddedRedis embeddedRedis;
    ImageApiStub imageApi;

    private final String draft = "draft-" + UUID.randomUUID();

    @BeforeAll
    static void holdEveryAnswerAgainstTheContract() {
        ContractFilter.register();
    }

    @BeforeEach
    void begin() {
        imageApi.drawsEverything();
        recommend();
    }

    @AfterEach
    void bringRedisBack() {
        embeddedRedis.getHosts();
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void answersDependencyDownInTimeAndRecoversByItself() {
        embeddedRedis.stop();

        isDependencyDown(() -> post("/api/content/images/" + draft + "/generate"));
        isDependencyDown(() -> post("/api/content/images/" + draft + "/styles/fancy/regenerate"));
        isDependencyDown(() -> get("/api/content/images/jobs/" + UUID.randomUUID()));
        isDependencyDown(() -> get("/api/content/images/jobs/" + UUID.randomUUID() + "/events"));
        isDependencyDown(() -> delete("/api/content/images/jobs/" + UUID.randomUUID()));
        isDependencyDown(() -> get("/api/content/images/" + draft));
        isDependencyDown(() -> delete("/api/content/images/" + draft));
        isDependencyDown(() -> delete("/api/content/images/" + draft + "/styles/fancy"));
        when().get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
        when().get("/q/health/live").then().statusCode(200);

        embeddedRedis.getHosts();
        recommend();
        completes();
    }

    @Test
    void answersDependencyDownInTimeWhileRedisIsFrozenAndStartsNothingLater() {
        whileRedisIsFrozen(() -> {
            isDependencyDown(() -> post("/api/content/images/" + draft + "/generate"));
            isDependencyDown(() -> get("/api/content/images/jobs/" + UUID.randomUUID()));
            isDependencyDown(() -> get("/api/content/images/" + draft));
            when().get("/q/health/ready").then().statusCode(503);
        });

        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        completes();
        assertThat(imageApi.calls()).as("calls for the one job that was accepted").isEqualTo(3);
    }

    @Test
    void losesNoConnectionToCallersThatGaveUp() {
        whileRedisIsFrozen(() -> assertThat(statusesOf(150)).containsOnly(503));

        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        assertThat(statusesOf(150)).containsOnly(404);
    }

    @Test
    void goesOnAfterEveryConnectionWasCut() {
        completes();
        try (Jedis redis = jedis()) {
            redis.sendCommand(() -> "CLIENT".getBytes(), "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        await().untilAsserted(() -> post("/api/content/images/" + draft + "/generate").then().statusCode(202));
        completes();
    }

    /** At least one of several attempts is in time, because the machine may be busy. */
    private static void isDependencyDown(Supplier<Response> call) {
        await().untilAsserted(() -> isDependencyDown(call.get()));
    }

    private static void isDependencyDown(Response response) {
        ValidatableResponse answer = response.then().statusCode(503).contentType("application/problem+json")
                .body("code", is("CONTENT_008")).body("message", not(nullValue()))
                .header("Retry-After", matchesPattern("[1-9][0-9]*"));
        assertThat(Duration.ofMillis(answer.extract().time())).isLessThan(PROMISE);
    }

    private static Response post(String path) {
        return given().post(path);
    }

    private static Response get(String path) {
        return given().get(path);
    }

    private static Response delete(String path) {
        return given().delete(path);
    }

    /** All at once, for an unknown draft: each costs one command. */
    private static List<Integer> statusesOf(int requests) {
        List<CompletableFuture<Integer>> statuses = Stream.generate(() -> CompletableFuture.supplyAsync(
                () -> post("/api/content/images/unknown/generate").statusCode(), task -> new Thread(task).start()))
                .limit(requests).toList();
        return statuses.stream().map(CompletableFuture::join).toList();
    }

    /** Accepts connections and never replies. */
    private void whileRedisIsFrozen(Runnable work) {
        String process;
        try (Jedis redis = jedis()) {
            process = redis.info("server").lines().filter(line -> line.startsWith("process_id:")).findFirst()
                    .orElseThrow().substring("process_id:".length());
        }
        signal("STOP", process);
        try {
            await().until(this::isFrozen);
            work.run();
        } finally {
            signal("CONT", process);
        }
    }

    private static void signal(String signal, String process) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isFrozen() {
        URI uri = embeddedRedis.getHosts().iterator().next();
        try (Jedis probe = new Jedis(uri.getHost(), uri.getPort(), 200)) {
            probe.ping();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private Jedis jedis() {
        return new Jedis(embeddedRedis.getHosts().iterator().next(), 10_000);
    }

    private void recommend() {
        try (Jedis redis = jedis()) {
            redis.set("ai:event:" + draft, "{\"eventTitle\": \"비 오는 날엔 파전\"}");
        }
    }

    private void completes() {
        String jobId = post("/api/content/images/" + draft + "/generate").then().statusCode(202).extract()
                .path("jobId");
        await().untilAsserted(
                () -> when().get("/api/content/images/jobs/" + jobId).then().body("status", is("COMPLETED")));
    }
}
