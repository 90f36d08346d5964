package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** Requests with an idempotency key: a repeated one is answered like the first, and not paid for twice. */
@QuarkusTest
@WithTestResource(StandIns.class)
class IdempotencyKeyHttpTest extends HttpSuite {
    private final String key = UUID.randomUUID().toString();

    @Test
    void replaysTheFirstAnswer() {
        recommend(FLAT);
        Response first = generate(key);
        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        ends(first.path("jobId"), "COMPLETED");

        generate(key).then().statusCode(202).header("Idempotent-Replayed", is("true"))
                .header("Location", is(first.header("Location"))).header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body(equalTo(first.asString()));
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(redis.ttl("content:idempotency:" + key)).isBetween(86_390L, 86_400L);
    }

    @Test
    void refusesTheKeyOfAnotherRequest() {
        recommend(FLAT);
        generate(key).then().statusCode(202);

        given().header("Idempotency-Key", key).post("/api/content/images/another-draft/generate").then()
                .statusCode(422).contentType("application/problem+json").body("code", is("CONTENT_006"))
                .body("message", matchesPattern(".*[가-힣].*")).body("detail", containsString("Idempotency-Key"));
        given().header("Idempotency-Key", key).queryParam("force", true)
                .post("/api/content/images/" + draft + "/generate").then().statusCode(422);
        given().header("Idempotency-Key", key).post("/api/content/images/" + draft + "/styles/fancy/regenerate").then()
                .statusCode(422);
        await().until(() -> imageApi.calls() == 3);
    }

    @Test
    void startsOneJobForFiftyRequestsAtOnce() {
        recommend(FLAT);
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> post("/generate", key)).limit(50)
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(JsonPath.from(answer.body()).getString("jobId"))
                    .isEqualTo(JsonPath.from(answers.get(0).join().body()).getString("jobId"));
        });
        assertThat(answers.stream().map(CompletableFuture::join)
                .filter(answer -> answer.headers().firstValue("Idempotent-Replayed").isEmpty())).hasSize(1);
        ends(JsonPath.from(answers.get(0).join().body()).getString("jobId"), "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void remembersNoFailure() {
        generate(key).then().statusCode(404).body("code", is("CONTENT_001"));
        recommend(FLAT);

        ends(generate(key).then().statusCode(202).header("Idempotent-Replayed", nullValue()).extract().path("jobId"),
                "COMPLETED");
    }

    @Test
    void doesNotWaitForAnAnswerThatNeverComes() {
        recommend(FLAT);
        redis.psetex("content:idempotency:" + key, 10_000, "{\"request\":\"generate " + draft + "\"}");

        generate(key).then().statusCode(503).body("code", is("CONTENT_008")).header("Retry-After", not(nullValue()));
        assertThat(imageApi.calls()).isZero();
    }

    /** The outcome of the first request is unknown, and may have been charged. */
    @Test
    void startsNothingForAKeyWhoseEntryCannotBeRead() {
        recommend(FLAT);
        redis.psetex("content:idempotency:" + key, 10_000, "no JSON");

        generate(key).then().statusCode(409).body("code", is("CONTENT_005"))
                .body("detail", containsString("another key"));
        assertThat(imageApi.calls()).isZero();
    }

    /** Redis has the job, and the instance died before it responded. */
    @Test
    void answersWithTheJobThatWasStartedWithoutAnAnswer() {
        recommend(FLAT);
        String jobId = generate(key).then().statusCode(202).extract().path("jobId");
        redis.psetex("content:idempotency:" + key, 80_000_000, "{\"request\":\"generate " + draft
                + "\",\"jobId\":\"" + jobId + "\",\"startedAt\":1,\"heldUntil\":1}");

        generate(key).then().statusCode(202).header("Idempotent-Replayed", is("true")).body("jobId", is(jobId));
        ends(jobId, "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("invalidKeys")
    void refusesAnInvalidKey(String invalid) {
        recommend(FLAT);

        generate(invalid).then().statusCode(400).body("code", is("CONTENT_004"))
                .body("detail", containsString("Idempotency-Key"));
    }

    static Stream<String> invalidKeys() {
        return Stream.of("", "a b", "a".repeat(256));
    }

    private Response generate(String idempotencyKey) {
        return given().header("Idempotency-Key", idempotencyKey).post("/api/content/images/" + draft + "/generate");
    }
}
