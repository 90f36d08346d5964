package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.S3Server;
import com.kt.event.content.S3StandIn;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.rendition.JpegFile;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Renditions in the bucket of an S3 server. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(S3StandIn.class)
class S3RenditionHttpTest extends RenditionSuite {
    S3Server s3;

    @Test
    void areServedAsFromADirectory() throws IOException {
        recommend(FLAT);
        String path = rendition(completes(), Style.SIMPLE, "kakao-wide");

        Response whole = when().get(path);

        whole.then().statusCode(200).contentType("image/jpeg").header("Cache-Control", containsString("immutable"));
        byte[] bytes = whole.asByteArray();
        assertThat(JpegFile.of(bytes).width()).isEqualTo(800);
        assertThat(when().get(path).asByteArray()).isEqualTo(bytes);
        Response part = given().header("Range", "bytes=4-9").get(path);
        part.then().statusCode(206).header("Content-Range", "bytes 4-9/" + bytes.length);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 4, 10));
        given().header("If-None-Match", whole.header("ETag")).get(path).then().statusCode(304);
        when().head(path).then().statusCode(200).header("Content-Length", Integer.toString(bytes.length));
        when().get("/api/content/images/" + draft).then().body("images[0].renditions.kakao-wide.bytes",
                is(bytes.length));
    }

    @Test
    void areMadeOnce() {
        recommend(FLAT);
        String path = rendition(completes(), Style.SIMPLE, "instagram");
        int before = made();

        List<CompletableFuture<HttpResponse<byte[]>>> all = IntStream.range(0, 50).mapToObj(i -> request(path))
                .toList();

        all.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        assertThat(made()).isEqualTo(before + 1);
    }

    @Test
    void areDeletedWithTheirImage() throws Exception {
        recommend(FLAT);
        String job = completes();
        List<String> paths = List.of(rendition(job, Style.FANCY, "mms"), rendition(job, Style.SIMPLE, "naver-blog"));
        paths.forEach(path -> when().get(path).then().statusCode(200));
        assertThat(keys()).contains(job).contains(".mms.jpg<");
        redis.del(redis.keys("content:renditions:" + job + "*").toArray(String[]::new));

        given().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(keys()).doesNotContain(job);
        paths.forEach(path -> when().get(path).then().statusCode(410).body("code", is("CONTENT_011")));
    }

    private String keys() throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(s3.uri() + "/" + S3Server.BUCKET + "?list-type=2")).build(),
                BodyHandlers.ofString()).body();
    }

    @Test
    void areUnavailableWhileS3IsAway() {
        recommend(FLAT);
        String path = rendition(completes(), Style.FANCY, "mms");
        s3.kill();
        try {
            when().get(path).then().statusCode(503).body("code", is("CONTENT_008")).header("Retry-After", is("5"));
        } finally {
            s3.start();
        }
        await().untilAsserted(() -> when().get(path).then().statusCode(200));
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }
}
