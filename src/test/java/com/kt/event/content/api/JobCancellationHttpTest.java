package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** DELETE a job: cancels it, and keeps the images that exist or arrive later. */
@QuarkusTest
@WithTestResource(StandIns.class)
class JobCancellationHttpTest extends HttpSuite {
    @Test
    void cancelsAJobBeforeAnythingWasSent() {
        // The pause must outlast the next two requests, and the first requests of an instance take longer than others.
        endSlowStart();
        recommend(FLAT);
        pause(3_000);
        String job = generate().path("jobId");

        cancel(job).then().statusCode(200).body("jobId", is(job)).body("status", is("CANCELLED"))
                .body("styles.status", everyItem(is("CANCELLED"))).body("progress", is(100))
                .body("message", is("이미지 생성이 취소되었습니다")).header("Retry-After", nullValue());
        cancel(job).then().statusCode(200).body("status", is("CANCELLED"));

        when().get("/api/content/images/jobs/" + job).then().statusCode(200).body("status", is("CANCELLED"));
        await().until(() -> redis.xlen("content:jobs") == 0);
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void keepsTheImagesThatExist() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String job = generate().path("jobId");
        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + job).then().body("progress", is(66)));

        cancel(job).then().statusCode(200).body("status", is("CANCELLED"))
                .body("styles.status", is(List.of("COMPLETED", "COMPLETED", "CANCELLED")))
                .body("imageUrls.keySet()", hasItems("simple", "fancy"))
                .body("message", is("이미지 생성이 취소되었습니다. 이미 생성된 이미지 2개는 그대로 있습니다"));

        when().get(link(job, Style.SIMPLE)).then().statusCode(200);
        when().get("/api/content/images/" + draft).then().statusCode(200);
    }

    @Test
    void keepsWhatWasPaidForWhenItComesAfterTheCancellation() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String job = generate().path("jobId");
        await().until(() -> imageApi.calls() == 3);
        cancel(job).then().statusCode(200);
        imageApi.release();

        await().untilAsserted(() -> when().get("/api/content/images/" + draft).then()
                .body("images.style", hasItem("trendy")));
        when().get("/api/content/images/jobs/" + job).then().body("status", is("CANCELLED"));
    }

    @Test
    void doesNotReplaceAnImageByThatOfACancelledJob() {
        recommend(FLAT);
        String first = completes();
        imageApi.holdsBack(Style.FANCY);
        String second = regenerate(Style.FANCY).path("jobId");
        await().until(() -> imageApi.calls(Style.FANCY) == 2);

        cancel(second).then().statusCode(200);
        imageApi.release();

        await().until(() -> redis.xlen("content:jobs") == 0);
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(first, first, first)));
    }

    @Test
    void freesTheDraftForANewJobAtOnce() {
        endSlowStart();
        recommend(FLAT);
        imageApi.holdsBackEverything();
        String first = generate().path("jobId");
        await().until(() -> imageApi.calls() == 3);
        cancel(first).then().statusCode(200);
        imageApi.drawsAgain();

        String second = generate().then().statusCode(202).body("jobId", not(is(first))).extract().path("jobId");

        imageApi.release();
        ends(second, "COMPLETED");
    }

    @Test
    void cancelsNoJobThatHasEnded() {
        recommend(FLAT);
        String job = completes();

        cancel(job).then().statusCode(409).contentType("application/problem+json").body("code", is("CONTENT_005"))
                .body("detail", containsString("COMPLETED"));
        when().get("/api/content/images/jobs/" + job).then().body("status", is("COMPLETED"));
        cancel(UUID.randomUUID().toString()).then().statusCode(404).body("code", is("CONTENT_002"));
    }

    private static Response cancel(String jobId) {
        return given().delete("/api/content/images/jobs/" + jobId);
    }
}
