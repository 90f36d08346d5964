package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** How long a link works, what caches are told, and what the link says afterwards. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ImageLifeHttpTest extends ImageFileSuite {
    private static final Duration TTL = Duration.ofDays(7);

    @ParameterizedTest
    @CsvSource({"GET, X-None, none", "HEAD, X-None, none", "GET, Range, bytes=0-9", "GET, If-None-Match, *",
            "HEAD, If-None-Match, *"})
    void tellsCachesWhenTheImageEnds(String method, String header, String value) throws Exception {
        age(Duration.ofDays(3));

        HttpResponse<byte[]> answer = send(Version.HTTP_1_1, method, header, value);

        assertThat(answer.statusCode()).isIn(200, 206, 304);
        assertThat(maxAge(answer)).isBetween(Duration.ofDays(4).minusMinutes(1), Duration.ofDays(4));
    }

    @ParameterizedTest
    @CsvSource({"GET, X-None, none", "HEAD, X-None, none", "GET, Range, bytes=0-9", "GET, If-None-Match, *",
            "GET, If-Match, none"})
    void isGoneFromTheEndOfItsLifeOn(String method, String header, String value) throws Exception {
        age(TTL.minusMinutes(1));
        assertThat(get(Version.HTTP_1_1).statusCode()).isEqualTo(200);
        age(TTL);

        HttpResponse<byte[]> answer = send(Version.HTTP_1_1, method, header, value);

        assertThat(answer.statusCode()).isEqualTo(410);
        assertHeader(answer, "Cache-Control").isEqualTo("no-store");
        assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "accept-ranges",
                "content-disposition");
        if (method.equals("GET")) {
            JsonPath problem = JsonPath.from(new String(answer.body(), StandardCharsets.UTF_8));
            assertThat(problem.getString("code")).isEqualTo("CONTENT_011");
            assertThat(problem.getString("message")).isEqualTo("보관 기간이 지났거나 삭제된 이미지입니다");
        }
    }

    @Test
    void isGoneForADayAfterItsDeletion() {
        recommend(FLAT);
        String job = completes();
        String fancy = job + "-fancy.png";
        given().delete("/api/content/images/" + draft + "/styles/fancy").then().statusCode(204);

        when().get(link(job, Style.FANCY)).then().statusCode(410).body("code", is("CONTENT_011"));
        when().head(link(job, Style.FANCY)).then().statusCode(410);
        assertThat(redis.ttl("content:gone:" + fancy)).isBetween(86_390L, 86_400L);
        when().get(link(job, Style.SIMPLE)).then().statusCode(200);
        assertThat(redis.exists("content:gone:" + job + "-simple.png")).isFalse();

        redis.del("content:gone:" + fancy);
        when().get(link(job, Style.FANCY)).then().statusCode(404).body("code", is("CONTENT_003"));
    }

    /** The first deletion says when it was. */
    @Test
    void isGoneForNoLongerIfItIsDeletedAgain() {
        recommend(FLAT);
        String job = completes();
        given().delete("/api/content/images/" + draft).then().statusCode(204);
        String key = "content:gone:" + job + "-simple.png";
        redis.expire(key, 100L);

        given().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(redis.ttl(key)).isLessThanOrEqualTo(100);
    }

    @Test
    void keepsTheLinkOfAnImageThatWasReplaced() {
        recommend(FLAT);
        String first = completes();
        String second = regenerate(Style.FANCY).then().statusCode(202).extract().path("jobId");
        ends(second, "COMPLETED");

        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(first, second, first)));
        when().get(link(first, Style.FANCY)).then().statusCode(200);
        when().get(link(second, Style.FANCY)).then().statusCode(200);
    }

    @Test
    void expiresWhenTheGallerySays() throws IOException {
        recommend(FLAT);
        String job = completes();

        JsonPath gallery = when().get("/api/content/images/" + draft).then().extract().jsonPath();

        Instant stored = Files.getLastModifiedTime(images.resolve(job + "-fancy.png")).toInstant();
        Instant expiresAt = Instant.parse(gallery.getString("images.find { it.style == 'fancy' }.expiresAt"));
        assertThat(Duration.between(expiresAt, stored.plus(TTL))).isBetween(Duration.ZERO, Duration.ofMillis(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void suggestsAReadableName(String method) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        String day = Instant.now().minus(Duration.ofDays(2)).plus(Duration.ofHours(9)).toString().substring(0, 10);

        assertHeader(send(Version.HTTP_1_1, method), "Content-Disposition").isEqualTo(
                "inline; filename=\"event-fancy-" + day + ".png\"; filename*=UTF-8''%EC%9D%B4%EB%B2%A4%ED%8A%B8-"
                        + "%ED%99%94%EB%A0%A4%ED%95%9C-" + day + ".png");
    }

    private void age(Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(age)));
    }
}
