package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Renditions live as long as their image, and are gone with it. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RenditionLifeHttpTest extends RenditionSuite {
    @Test
    void areDeletedWithTheirImage() throws IOException {
        recommend(FLAT);
        String job = completes();
        String fancy = rendition(job, Style.FANCY, "mms");
        String simple = rendition(job, Style.SIMPLE, "mms");
        List.of(fancy, simple, rendition(job, Style.FANCY, "naver-blog"))
                .forEach(path -> when().get(path).then().statusCode(200));

        given().delete("/api/content/images/" + draft + "/styles/fancy").then().statusCode(204);

        assertThat(filesOf(job)).containsExactly(job + "-simple.mms.jpg", job + "-simple.png", job + "-trendy.png");
        assertThat(redis.exists("content:renditions:" + job + "-fancy")).isFalse();
        when().get(fancy).then().statusCode(410).body("code", is("CONTENT_011"));
        when().head(fancy).then().statusCode(410);
        when().get(fancy.replace("mms", "kakao-wide")).then().statusCode(410);
        when().get(simple).then().statusCode(200);
        given().delete("/api/content/images/" + draft).then().statusCode(204);
        assertThat(filesOf(job)).isEmpty();
    }

    /** A bucket is asked, but a directory can be too long to be listed: what Redis has lost is found by the clean-up. */
    @Test
    void areGoneForClientsAlsoIfRedisHasLostTheirNames() {
        recommend(FLAT);
        String job = completes();
        String path = rendition(job, Style.FANCY, "mms");
        when().get(path).then().statusCode(200);
        redis.del("content:renditions:" + job + "-fancy");

        given().delete("/api/content/images/" + draft).then().statusCode(204);

        when().get(path).then().statusCode(410);
    }

    @Test
    void endWhenTheirImageEnds() throws IOException {
        recommend(FLAT);
        String job = completes();
        String made = rendition(job, Style.FANCY, "mms");
        when().get(made).then().statusCode(200);
        Path image = images.resolve(job + "-fancy.png");
        Files.setLastModifiedTime(image, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
        long maxAge = Long.parseLong(when().get(made).header("Cache-Control").replaceFirst(".*max-age=", ""));
        assertThat(maxAge).isBetween(86_300L, 86_400L);

        Files.setLastModifiedTime(image, FileTime.from(Instant.now().minus(Duration.ofDays(7)).minusSeconds(1)));

        when().get(made).then().statusCode(410).body("code", is("CONTENT_011"));
        when().get(rendition(job, Style.FANCY, "kakao-wide")).then().statusCode(410);
    }

    @Test
    void ofAReplacedImageKeepTheirLinks() {
        recommend(FLAT);
        String first = completes();
        String path = rendition(first, Style.FANCY, "mms");
        when().get(path).then().statusCode(200);

        ends(regenerate(Style.FANCY).then().statusCode(202).extract().path("jobId"), "COMPLETED");

        when().get(path).then().statusCode(200);
        when().get(path.replace("mms", "kakao-wide")).then().statusCode(200);
    }

    /** A deletion that comes while a rendition is made leaves nothing. */
    @RepeatedTest(10)
    void leaveNothingIfTheImageIsDeletedMeanwhile() throws Exception {
        recommend(FLAT);
        String job = completes();
        List<CompletableFuture<HttpResponse<byte[]>>> requests = CHANNELS.stream()
                .map(channel -> request(rendition(job, Style.TRENDY, channel))).toList();

        given().delete("/api/content/images/" + draft).then().statusCode(204);

        requests.forEach(request -> assertThat(request.join().statusCode()).isIn(200, 404, 410));
        await().untilAsserted(() -> assertThat(filesOf(job)).isEmpty());
        CHANNELS.forEach(
                channel -> when().get("/api/content/images/files/" + job + "-trendy." + channel + ".jpg").then()
                        .statusCode(410));
    }

    @Test
    void areUnavailableWhileTheStoreIs() throws IOException {
        recommend(FLAT);
        String job = completes();
        String path = rendition(job, Style.FANCY, "mms");
        Path aside = images.resolveSibling(images.getFileName() + "-aside");
        Files.move(images, aside);
        try {
            when().get(path).then().statusCode(503).body("code", is("CONTENT_008")).header("Retry-After", is("5"));
        } finally {
            Files.move(aside, images);
        }

        await().untilAsserted(() -> when().get(path).then().statusCode(200));
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }
}
