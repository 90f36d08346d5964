package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import redis.clients.jedis.StreamEntryID;

/** GET a job: waiting, running, finished. */
@QuarkusTest
@WithTestResource(StandIns.class)
class JobHttpTest extends HttpSuite {
    @Test
    void showsTheFinishedJob() {
        recommend(FLAT);
        String jobId = completes();

        String base = "http://localhost:" + RestAssured.port + "/api/content/images/files/" + jobId;
        when().get("/api/content/images/jobs/" + jobId).then().statusCode(200).contentType("application/json")
                .body("jobId", is(jobId)).body("eventDraftId", is(draft)).body("type", is("IMAGE_GEN"))
                .body("status", is("COMPLETED")).body("progress", is(100)).body("message", is("이미지 생성이 완료되었습니다"))
                .body("imageUrls.simple", is(base + "-simple.png"))
                .body("imageUrls.fancy", is(base + "-fancy.png"))
                .body("imageUrls.trendy", is(base + "-trendy.png"))
                .body("styles.style", hasItems("simple", "fancy", "trendy"))
                .body("styles.label", hasItems("심플", "화려한", "트렌디"))
                .body("styles[0].status", is("COMPLETED"))
                .body("styles[0].imageUrl", is(base + "-simple.png"))
                .body("styles[0]", not(hasKey("error")))
                .body("createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z"))
                .header("Retry-After", nullValue());
    }

    @Test
    void showsTheSameJobUnderItsOtherAddress() {
        recommend(FLAT);
        String jobId = completes();

        String job = when().get("/api/content/images/jobs/" + jobId).asString();
        when().get("/api/content/jobs/" + jobId + "/status").then().statusCode(200).body(equalTo(job));
    }

    @Test
    void doesNotSendAJobAgainThatHasNotChanged() {
        recommend(FLAT);
        String jobId = completes();

        String tag = when().get("/api/content/images/jobs/" + jobId).header("ETag");
        given().header("If-None-Match", tag).get("/api/content/images/jobs/" + jobId).then().statusCode(304);
        given().header("If-None-Match", "\"0\"").get("/api/content/images/jobs/" + jobId).then().statusCode(200);
    }

    @Test
    void showsAnImageTheMomentItIsDone() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String jobId = generate().path("jobId");

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("status", is("PROCESSING"))
                .body("imageUrls.keySet()", hasItems("simple", "fancy"))
                .body("progress", is(66)));
        when().get("/api/content/images/jobs/" + jobId).then().header("Retry-After", matchesPattern("[1-9][0-9]*"));
    }

    @Test
    void doesNotKnowOtherJobsOrImages() {
        when().get("/api/content/images/jobs/" + UUID.randomUUID())
                .then().statusCode(404).contentType("application/problem+json").body("code", is("CONTENT_002"));
        when().get("/api/content/jobs/no-such-job/status").then().statusCode(404).body("code", is("CONTENT_002"));
        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
        when().get("/api/content/images/files/" + UUID.randomUUID() + "-simple.png")
                .then().statusCode(404).body("code", is("CONTENT_003"));
    }

    // --- while the breaker is open

    @Test
    void saysWhenAWaitingJobContinues() {
        recommend(FLAT);
        pause(90_000);
        String job = generate().path("jobId");

        when().get("/api/content/images/jobs/" + job).then().statusCode(200)
                .body("status", is("PENDING"))
                .body("detail", allOf(containsString("기다리고"), matchesPattern(".* (8[0-9]|90)초.*")))
                .header("Retry-After", matchesPattern("8[0-9]|90"))
                .header("ETag", matchesPattern("W/\"1-[0-9]+\""));
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void continuesWhenThePauseIsOver() {
        recommend(FLAT);
        pause(1_500);
        String job = generate().path("jobId");

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + job).then()
                .body("status", is("COMPLETED")).body("$", not(hasKey("detail"))));
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(redis.exists("content:breaker")).isFalse();
    }

    // --- calls of unknown outcome

    @Test
    void reportsACallOfUnknownOutcome() {
        String job = UUID.randomUUID().toString();
        String now = Instant.now().toString();
        redis.hset("job:" + job, Map.of("status", "PROCESSING", "eventDraftId", draft, "type", "IMAGE_GEN",
                "createdAt", now, "updatedAt", now, "version", "2", "recommendation", FLAT,
                "simple", "{\"status\":\"PENDING\"}", "fancy",
                "{\"status\":\"PROCESSING\",\"calls\":{\"attempts\":1,\"openSince\":\"" + now + "\"}}"));
        redis.expire("job:" + job, 3_600L);
        double before = unknownCalls();

        redis.xadd("content:jobs", StreamEntryID.NEW_ENTRY,
                Map.of("job", job, "createdAt", Long.toString(System.currentTimeMillis())));

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + job).then()
                .body("status", is("COMPLETED")).body("possiblyChargedTwice", is(true))
                .body("styles.find { it.style == 'fancy' }.possiblyChargedTwice", is(true))
                .body("styles.find { it.style == 'simple' }.possiblyChargedTwice", is(false)));
        assertThat(unknownCalls()).isEqualTo(before + 1);
    }

    private static double unknownCalls() {
        return when().get("/q/metrics").then().statusCode(200).extract().asString().lines()
                .filter(line -> line.startsWith("content_calls_unknown_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findFirst()
                .orElseThrow();
    }
}
