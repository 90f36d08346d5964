package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.embedded.EmbeddedRedis;
import com.kt.event.content.recommendation.Style;

import io.restassured.RestAssured;
import io.restassured.response.Response;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The base of the tests over HTTP: a draft per test, access to Redis and the image API, and helper methods. */
abstract class HttpSuite {
    static final String FLAT = """
            {"eventTitle": "봄맞이 딸기 라떼 1+1", "eventDescription": "딸기 라떼 한 잔 더",
             "targetAudience": "20대 직장인", "eventObjective": "신메뉴 홍보", "additionalData": {"기간": "4월"}}""";

    static final HttpClient HTTP = HttpClient.newHttpClient();

    static final String OTHER = """
            {"eventTitle": "버거 3주년", "eventDescription": "세트 30% 할인"}""";

    EmbeddedRedis embeddedRedis;
    ImageApiStub imageApi;

    final String draft = "draft-" + UUID.randomUUID();
    Jedis redis;

    @BeforeAll
    static void holdEveryAnswerAgainstTheContract() {
        ContractFilter.register();
    }

    @BeforeEach
    void connect() {
        redis = new Jedis(embeddedRedis.getHosts().iterator().next());
        imageApi.drawsEverything();
    }

    @AfterEach
    void disconnect() {
        redis.del("content:breaker");
        redis.xrange("content:jobs", (StreamEntryID) null, null).forEach(entry -> cancel(entry.getFields().get("job")));
        redis.close();
    }

    /** A later call, such as after a pause, would be counted by another test. */
    private void cancel(String job) {
        if (draft.equals(redis.hget("job:" + job, "eventDraftId"))) {
            given().delete("/api/content/images/jobs/" + job);
        }
    }

    // --- helpers

    /** As if another instance had opened the breaker. */
    void pause(long millis) {
        long until = System.currentTimeMillis() + millis;
        redis.psetex("content:breaker", millis + Duration.ofMinutes(6).toMillis(),
                "{\"until\":" + until + ",\"length\":" + millis + ",\"why\":\"test\"}");
    }

    /** Ends the slow start after an open breaker, during which few calls may be in flight at a time. */
    void endSlowStart() {
        String other = "draft-" + UUID.randomUUID();
        redis.set("ai:event:" + other, FLAT);
        ends(given().post("/api/content/images/" + other + "/generate").path("jobId"), "COMPLETED");
        imageApi.drawsEverything();
    }

    void recommend(String value) {
        redis.set("ai:event:" + draft, value);
    }

    Response generate() {
        return given().post("/api/content/images/" + draft + "/generate");
    }

    Response regenerate(Style style) {
        return given().post("/api/content/images/" + draft + "/styles/" + style.key() + "/regenerate");
    }

    /** The key may be null. */
    CompletableFuture<HttpResponse<String>> post(String call, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/content/images/" + draft + call))
                .POST(HttpRequest.BodyPublishers.noBody());
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String completes() {
        String jobId = generate().then().statusCode(202).extract().path("jobId");
        ends(jobId, "COMPLETED");
        return jobId;
    }

    static void ends(String jobId, String status) {
        await().untilAsserted(
                () -> when().get("/api/content/images/jobs/" + jobId).then().body("status", is(status)));
    }

    static URI link(String jobId, Style style) {
        return URI.create(when().get("/api/content/images/jobs/" + jobId).path("imageUrls." + style.key()));
    }
}
