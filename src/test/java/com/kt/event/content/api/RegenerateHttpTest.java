package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** POST …/regenerate: one style again. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RegenerateHttpTest extends HttpSuite {
    @Test
    void regeneratesOneStyle() {
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
    void regeneratesWhenTheRecommendationHasExpired() {
        recommend(FLAT);
        completes();
        redis.del("ai:event:" + draft);

        ends(regenerate(Style.TRENDY).then().statusCode(202).extract().path("jobId"), "COMPLETED");

        assertThat(imageApi.requests(Style.TRENDY)).hasSize(2)
                .allSatisfy(request -> assertThat(request.getBodyAsString()).contains("봄맞이 딸기 라떼 1+1"));
    }

    @Test
    void regeneratesFromWhatIsSelectedNow() {
        recommend(FLAT);
        completes();
        recommend(OTHER);

        ends(regenerate(Style.TRENDY).then().statusCode(202).extract().path("jobId"), "COMPLETED");

        assertThat(imageApi.requests(Style.TRENDY).get(1).getBodyAsString()).contains("버거 3주년");
    }

    @Test
    void regeneratesNothingWhereNothingWasEverSelected() {
        regenerate(Style.SIMPLE).then().statusCode(404).body("code", is("CONTENT_001"));
    }

    @Test
    void answersADuplicateRequestWithTheLiveJob() {
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
}
