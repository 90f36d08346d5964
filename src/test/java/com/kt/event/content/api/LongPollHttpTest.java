package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.http.HttpDate;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Waiting for a job by long polls, and the tags that they compare. */
@QuarkusTest
@WithTestResource(StandIns.class)
class LongPollHttpTest extends WaitingSuite {
    @Test
    void answersAsSoonAsTheJobChanges() {
        String job = twoThirdsDone();
        String tag = tagOf(job);

        Response answer = thirdComesWhileWaiting(() -> given().header("Prefer", "respond-async, wait=20")
                .header("If-None-Match", tag).get(JOBS + job));

        answer.then().statusCode(200).time(lessThan(PROMPTLY)).header("Preference-Applied", is("wait=20"))
                .body("status", is("COMPLETED")).header("ETag", not(nullValue())).header("Retry-After", nullValue());
    }

    @Test
    void answersAsSoonAsTheJobChangesWithoutATagToo() {
        String job = twoThirdsDone();

        thirdComesWhileWaiting(() -> given().header("Prefer", "wait=20").get("/api/content/jobs/" + job + "/status"))
                .then().statusCode(200)
                .time(lessThan(PROMPTLY)).header("Preference-Applied", is("wait=20")).body("status", is("COMPLETED"));
    }

    @Test
    void answers304IfNothingHasChangedInTime() {
        String job = waitingForTheProvider();
        String tag = tagOf(job);

        given().header("Prefer", "wait=1").header("If-None-Match", tag).get(JOBS + job).then().statusCode(304)
                .time(allOf(greaterThanOrEqualTo(1_000L), lessThan(PROMPTLY)))
                .header("Preference-Applied", is("wait=1")).header("ETag", is(tag))
                .header("Retry-After", matchesPattern("[1-9][0-9]*")).body(emptyString());
    }

    @Test
    void answersWithTheUnchangedJobIfTheClientHasNoTag() {
        String job = waitingForTheProvider();

        Instant asked = Instant.now();
        String date = given().header("Prefer", "wait=1").get(JOBS + job).then().statusCode(200)
                .time(allOf(greaterThanOrEqualTo(1_000L), lessThan(PROMPTLY)))
                .header("Preference-Applied", is("wait=1")).body("status", is("PENDING")).extract().header("Date");

        // The tag of the response, not of the request.
        assertThat(HttpDate.parse(date).orElseThrow())
                .isAfterOrEqualTo(asked.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void answersAtOnceForAJobThatHasEnded() {
        recommend(FLAT);
        String job = completes();

        given().header("Prefer", "wait=3600").get(JOBS + job).then().statusCode(200).time(lessThan(PROMPTLY))
                .header("Preference-Applied", is("wait=25"));
        given().header("Prefer", "wait=20").header("If-None-Match", tagOf(job)).get(JOBS + job).then().statusCode(304)
                .time(lessThan(PROMPTLY));
    }

    @Test
    void answersAtOnceIfTheClientHasAnotherState() {
        String job = waitingForTheProvider();

        given().header("Prefer", "wait=20").header("If-None-Match", "\"0\", W/\"1-1\"").get(JOBS + job)
                .then().statusCode(200).time(lessThan(PROMPTLY));
        given().header("Prefer", "wait=20").header("If-None-Match", "*").get(JOBS + job)
                .then().statusCode(304).time(lessThan(PROMPTLY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=soon", "respond-async", "\"", "wait=-5"})
    void answersAtOnceIfTheClientDoesNotAskToWait(String prefer) {
        String job = waitingForTheProvider();

        given().header("Prefer", prefer).get(JOBS + job).then().statusCode(200).time(lessThan(PROMPTLY))
                .header("Preference-Applied", prefer.equals("wait=0") ? is("wait=0") : nullValue());
    }

    @Test
    void doesNotWaitForAJobThatDoesNotExist() {
        given().header("Prefer", "wait=20").get(JOBS + UUID.randomUUID()).then().statusCode(404)
                .time(lessThan(PROMPTLY)).contentType("application/problem+json").body("code", is("CONTENT_002"));
    }

    @Test
    void answers404IfTheJobIsDeletedMeanwhile() {
        String job = waitingForTheProvider();
        CompletableFuture<Response> answer = CompletableFuture
                .supplyAsync(() -> given().header("Prefer", "wait=20").get(JOBS + job));
        await().until(() -> subscribers() == 1);

        redis.del("job:" + job);
        redis.publish(EVENTS, job);

        answer.join().then().statusCode(404).time(lessThan(PROMPTLY)).body("code", is("CONTENT_002"));
    }

    // --- the tag

    @Test
    void keepsItsTagWhileTheProvidersPauseRunsDown() {
        String job = waitingForTheProvider();
        Response first = when().get(JOBS + job);
        String tag = first.header("ETag");

        await().until(() -> !when().get(JOBS + job).path("detail").equals(first.path("detail")));
        assertThat(tagOf(job)).isEqualTo(tag);
        redis.del("content:breaker");
        assertThat(tagOf(job)).isNotEqualTo(tag);
    }

    @Test
    void comparesTagsWeakly() {
        recommend(FLAT);
        String job = completes();

        given().header("If-None-Match", "\"x\", W/" + tagOf(job)).get(JOBS + job).then().statusCode(304);
        given().header("If-None-Match", "\"x\"", "*").get(JOBS + job).then().statusCode(304);
        given().header("If-None-Match", "not a tag").get(JOBS + job).then().statusCode(200);
    }

    /** The response to a client that already waits when the third image arrives. */
    private Response thirdComesWhileWaiting(Supplier<Response> poll) {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(poll);
        await().until(() -> subscribers() == 1);
        imageApi.release();
        return answer.join();
    }
}
