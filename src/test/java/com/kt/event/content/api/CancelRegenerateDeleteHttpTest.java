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
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Cancelling jobs, and regenerating and deleting images. */
@QuarkusTest
@WithTestResource(StandIns.class)
class CancelRegenerateDeleteHttpTest extends HttpSuite {

    // --- cancel

    @Test
    void tellsThatTheRecordOfAJobCannotBeRead() {
        String broken = UUID.randomUUID().toString();
        redis.hset("job:" + broken, "x", "y");
        redis.expire("job:" + broken, 100L);
        String list = UUID.randomUUID().toString();
        redis.rpush("job:" + list, "x");
        redis.expire("job:" + list, 100L);

        for (String jobId : List.of(broken, list)) {
            String job = "/api/content/images/jobs/" + jobId;
            when().get(job).then().statusCode(500).body("code", is("CONTENT_010"));
            when().get(job + "/events").then().statusCode(500).body("code", is("CONTENT_010"));
            when().delete(job).then().statusCode(500).body("code", is("CONTENT_010"));
        }
    }

    @Test
    void cancelsAJobBeforeAnythingWasSent() {
        recommend(FLAT);
        pause(1_000);
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
    void doesNotLetWhatWasCancelledReplaceAImage() {
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

    // --- regenerate

    @Test
    void drawsOneStyleAgain() {
        recommend(FLAT);
        String first = completes();

        Response accepted = regenerate(Style.FANCY);

        String second = accepted.then().statusCode(202).body("status", is("PENDING"))
                .header("Location", not(nullValue())).header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .extract().path("jobId");
        ends(second, "COMPLETED");
        when().get("/api/content/images/jobs/" + second).then().body("styles.style", is(List.of("fancy")))
                .body("imageUrls.fancy", containsString(second));
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(first, second, first)));
        assertThat(imageApi.calls()).isEqualTo(4);
    }

    @Test
    void drawsAgainWhenTheRecommendationHasExpired() {
        recommend(FLAT);
        completes();
        redis.del("ai:event:" + draft);

        ends(regenerate(Style.TRENDY).then().statusCode(202).extract().path("jobId"), "COMPLETED");

        assertThat(imageApi.requests(Style.TRENDY)).hasSize(2)
                .allSatisfy(request -> assertThat(request.getBodyAsString()).contains("봄맞이 딸기 라떼 1+1"));
    }

    @Test
    void drawsAgainWhatIsSelectedNow() {
        recommend(FLAT);
        completes();
        recommend(OTHER);

        ends(regenerate(Style.TRENDY).then().statusCode(202).extract().path("jobId"), "COMPLETED");

        assertThat(imageApi.requests(Style.TRENDY).get(1).getBodyAsString()).contains("버거 3주년");
    }

    @Test
    void drawsNothingAgainThatNobodyEverSelected() {
        regenerate(Style.SIMPLE).then().statusCode(404).body("code", is("CONTENT_001"));
    }

    @Test
    void answersTheLiveJobToASecondTap() {
        recommend(FLAT);
        completes();
        imageApi.holdsBack(Style.FANCY);

        String job = regenerate(Style.FANCY).path("jobId");

        regenerate(Style.FANCY).then().statusCode(202).body("jobId", is(job));
        regenerate(Style.SIMPLE).then().statusCode(202).body("jobId", not(is(job)));
        await().until(() -> imageApi.calls() == 5);
    }

    @Test
    void knowsNoOtherStyles() {
        recommend(FLAT);

        given().post("/api/content/images/" + draft + "/styles/baroque/regenerate").then().statusCode(400)
                .contentType("application/problem+json").body("code", is("CONTENT_004"))
                .body("detail", is("a style is one of simple, fancy, trendy"));
        given().delete("/api/content/images/" + draft + "/styles/baroque").then().statusCode(400);
        given().post("/api/content/images/jobs/styles/fancy/regenerate").then().statusCode(400);
        given().delete("/api/content/images/a b").then().statusCode(400).body("code", is("CONTENT_004"));
    }

    // --- delete

    @Test
    void deletesOneImage() {
        recommend(FLAT);
        String job = completes();
        URI fancy = link(job, Style.FANCY);

        given().delete("/api/content/images/" + draft + "/styles/fancy").then().statusCode(204);

        when().get(fancy).then().statusCode(404).body("code", is("CONTENT_003"));
        when().get(link(job, Style.SIMPLE)).then().statusCode(200);
        when().get("/api/content/images/" + draft).then().body("images.style", is(List.of("simple", "trendy")));
        redis.del("ai:event:" + draft);
        ends(regenerate(Style.FANCY).then().statusCode(202).extract().path("jobId"), "COMPLETED");
    }

    @Test
    void deletesAllImages() {
        recommend(FLAT);
        String job = completes();
        URI simple = link(job, Style.SIMPLE);

        given().delete("/api/content/images/" + draft).then().statusCode(204);

        when().get(simple).then().statusCode(404);
        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
        assertThat(redis.exists("content:image:" + draft)).isFalse();
        given().delete("/api/content/images/" + draft).then().statusCode(204);
        given().delete("/api/content/images/" + draft + "/styles/simple").then().statusCode(204);
    }

    @Test
    void paysForImagesThatWereDeleted() {
        recommend(FLAT);
        completes();
        given().delete("/api/content/images/" + draft).then().statusCode(204);

        completes();

        assertThat(imageApi.calls()).isEqualTo(6);
    }

    @Test
    void doesNotTakeALiveJobForAnAnswerWhoseImagesWereDeleted() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String first = generate().path("jobId");
        await().untilAsserted(() -> when().get("/api/content/images/" + draft).then().body("images.size()", is(2)));
        given().delete("/api/content/images/" + draft).then().statusCode(204);

        String second = generate().then().statusCode(202).body("jobId", not(is(first))).extract().path("jobId");

        imageApi.release();
        ends(second, "COMPLETED");
        ends(first, "COMPLETED");
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(second, second, second)));
    }

    private static Response cancel(String jobId) {
        return given().delete("/api/content/images/jobs/" + jobId);
    }
}
