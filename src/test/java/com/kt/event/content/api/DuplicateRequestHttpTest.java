package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** Duplicate requests without an idempotency key are not paid for twice. */
@QuarkusTest
@WithTestResource(StandIns.class)
class DuplicateRequestHttpTest extends HttpSuite {
    @Test
    void answersTheLiveJob() {
        recommend(FLAT);
        imageApi.holdsBackEverything();
        Response first = generate();

        generate().then().statusCode(202).body("jobId", is(first.<String>path("jobId")))
                .header("Location", is(first.header("Location"))).header("Idempotent-Replayed", nullValue());
        redis.set("ai:event:" + draft, OTHER);
        generate().then().statusCode(202).body("jobId", not(is(first.<String>path("jobId"))));
        await().until(() -> imageApi.calls() == 6);
    }

    @Test
    void startsOneJobForManyRequestsAtOnce() {
        recommend(FLAT);
        imageApi.holdsBackEverything();

        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> post("/generate", null)).limit(50)
                .toList();

        assertThat(answers).extracting(CompletableFuture::join)
                .extracting(answer -> JsonPath.from(answer.body()).getString("jobId")).doesNotContainNull()
                .containsOnly(generate().<String>path("jobId"));
        await().until(() -> imageApi.calls() >= 3);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void paysNothingForImagesThatExist() {
        recommend(FLAT);
        String first = completes();

        Response second = generate();

        second.then().statusCode(202).body("status", is("COMPLETED")).body("jobId", not(is(first)))
                .body("message", is("이미지 생성이 완료되었습니다"));
        when().get(URI.create(second.header("Location"))).then().statusCode(200).body("status", is("COMPLETED"))
                .body("progress", is(100)).header("Retry-After", nullValue())
                .body("imageUrls.fancy", is(link(first, Style.FANCY).toString()));
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(first, first, first)));
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void paysForTheImageThatIsMissing() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, aResponse().withStatus(400));
        String first = completes();
        imageApi.drawsEverything();

        String second = completes();

        assertThat(imageApi.calls()).as("since then").isEqualTo(1);
        when().get("/api/content/images/jobs/" + second).then().body("styles.status", everyItem(is("COMPLETED")))
                .body("imageUrls.simple", containsString(first)).body("imageUrls.fancy", containsString(second));
    }

    @Test
    void paysForNewImagesWhenForcedTo() {
        recommend(FLAT);
        String first = completes();

        String second = given().queryParam("force", true).post("/api/content/images/" + draft + "/generate").then()
                .statusCode(202).body("status", is("PENDING")).extract().path("jobId");

        ends(second, "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(6);
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(second, second, second)));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void refusesToGuessWhatForceMeans() {
        recommend(FLAT);

        given().queryParam("force", "maybe").post("/api/content/images/" + draft + "/generate").then().statusCode(400)
                .body("code", is("CONTENT_004"));
    }

    @Test
    void marksImagesOfAnEarlierRecommendationAsOutdated() {
        recommend(FLAT);
        completes();
        when().get("/api/content/images/" + draft).then().body("outdated", is(false))
                .body("images.outdated", everyItem(is(false)));

        recommend(OTHER);
        when().get("/api/content/images/" + draft).then().body("outdated", is(true))
                .body("images.outdated", everyItem(is(true)));

        String simple = regenerate(Style.SIMPLE).then().statusCode(202).extract().path("jobId");
        ends(simple, "COMPLETED");
        when().get("/api/content/images/" + draft).then().body("outdated", is(true))
                .body("images.outdated", is(List.of(false, true, true)));
        completes();
        when().get("/api/content/images/" + draft).then().body("outdated", is(false));
        assertThat(imageApi.calls()).as("the simple image is reused").isEqualTo(6);
    }

    @Test
    void marksNoImageAsOutdatedWithoutAReadableRecommendation() {
        recommend(FLAT);
        completes();
        redis.del("ai:event:" + draft);
        when().get("/api/content/images/" + draft).then().statusCode(200).body("outdated", is(false));

        recommend("[1, 2]");
        when().get("/api/content/images/" + draft).then().statusCode(200).body("outdated", is(false));
    }
}
