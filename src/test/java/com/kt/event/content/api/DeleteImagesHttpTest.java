package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** DELETE the images of a draft, or one of them. */
@QuarkusTest
@WithTestResource(StandIns.class)
class DeleteImagesHttpTest extends HttpSuite {
    @Test
    void deletesOneImage() {
        recommend(FLAT);
        String job = completes();
        URI fancy = link(job, Style.FANCY);

        given().delete("/api/content/images/" + draft + "/styles/fancy").then().statusCode(204);

        when().get(fancy).then().statusCode(410).body("code", is("CONTENT_011"));
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

        when().get(simple).then().statusCode(410);
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
        await().untilAsserted(() -> when().get("/api/content/images/" + draft).then().body("images", hasSize(2)));
        given().delete("/api/content/images/" + draft).then().statusCode(204);

        String second = generate().then().statusCode(202).body("jobId", not(is(first))).extract().path("jobId");

        imageApi.release();
        ends(second, "COMPLETED");
        ends(first, "COMPLETED");
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(second, second, second)));
    }
}
