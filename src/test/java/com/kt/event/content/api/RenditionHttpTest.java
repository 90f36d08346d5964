package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** Renditions: listed with their image, made with the first request, and served like images. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RenditionHttpTest extends RenditionSuite {
    // --- listed

    @Test
    void areListedWithTheirImage() {
        recommend(FLAT);
        String job = completes();

        JsonPath gallery = when().get("/api/content/images/" + draft).jsonPath();

        Map<String, Map<String, Object>> renditions = gallery.getMap("images[0].renditions");
        assertThat(renditions).containsOnlyKeys(CHANNELS);
        assertThat(renditions.get("instagram-story")).isEqualTo(Map.of("url",
                link(job, Style.SIMPLE).toString().replace(".png", ".instagram-story.jpg"), "width", 1080, "height",
                1920,
                "mediaType", "image/jpeg"));
        assertThat(renditions.get("mms")).as("no larger than the image").containsEntry("width", 64)
                .containsEntry("height", 64);
    }

    @Test
    void areListedWithTheirBytesOnceTheyAreMade() {
        recommend(FLAT);
        String job = completes();
        int bytes = when().get(rendition(job, Style.FANCY, "kakao-wide")).asByteArray().length;

        when().get("/api/content/images/" + draft).then()
                .body("images[1].renditions.kakao-wide.bytes", is(bytes))
                .body("images[1].renditions.kakao-wide.width", is(800))
                .body("images[1].renditions.kakao-message.bytes", nullValue())
                .body("images[0].renditions.kakao-wide.bytes", nullValue());
    }

    /** As an older version published it. */
    @Test
    void areListedForAnImageOfUnknownSize() {
        recommend(FLAT);
        completes();
        String key = "content:image:" + draft;
        redis.hset(key, "fancy", redis.hget(key, "fancy").replaceFirst(",\\s*\"details\":\\{[^}]*}", ""));

        when().get("/api/content/images/" + draft).then()
                .body("images[1].renditions.mms.url", endsWith("-fancy.mms.jpg"))
                .body("images[1].renditions.mms.width", nullValue())
                .body("images[1].renditions.instagram.width", is(1080));
    }

    // --- served

    @Test
    void haveTheHeadersOfAnImage() {
        recommend(FLAT);
        String job = completes();
        String path = rendition(job, Style.SIMPLE, "mms");
        Response image = when().get(link(job, Style.SIMPLE));

        Response head = when().head(path);

        Response response = when().get(path);
        response.then().statusCode(200).header("Content-Length", Integer.toString(response.asByteArray().length))
                .header("Content-Disposition", containsString("filename=\"event-simple-mms-"));
        for (String name : new String[]{"Accept-Ranges", "Vary", "Content-Security-Policy", "X-Content-Type-Options"}) {
            assertThat(response.header(name)).as(name).isNotNull().isEqualTo(image.header(name));
        }
        assertThat(maxAge(response)).isBetween(maxAge(image) - 60, maxAge(image));
        for (String name : new String[]{"ETag", "Last-Modified", "Content-Length", "Content-Type",
                "Content-Disposition"}) {
            assertThat(head.header(name)).as(name).isNotNull().isEqualTo(response.header(name));
        }
        assertThat(head.asByteArray()).isEmpty();
    }

    private static long maxAge(Response response) {
        assertThat(response.header("Cache-Control")).contains("public", "immutable");
        return Long.parseLong(response.header("Cache-Control").replaceFirst(".*max-age=", ""));
    }

    /** A page on another origin may read it, and it is not compressed again. */
    @Test
    void areSentAsTheyAreToOtherOrigins() {
        recommend(FLAT);
        String path = rendition(completes(), Style.SIMPLE, "mms");

        Response response = given().header("Origin", "https://shop.example").header("Accept-Encoding", "gzip, br")
                .header("Accept", "text/html").get(path);

        response.then().statusCode(200).contentType("image/jpeg")
                .header("Access-Control-Allow-Origin", "https://shop.example").header("Content-Encoding", nullValue());
    }

    @Test
    void canBeReadInPartsAndConditionally() {
        recommend(FLAT);
        String path = rendition(completes(), Style.SIMPLE, "kakao-message");
        Response whole = when().get(path + "?utm_source=x");
        byte[] bytes = whole.asByteArray();

        Response part = given().header("Range", "bytes=4-9").header("If-Range", whole.header("ETag")).get(path);

        part.then().statusCode(206).header("Content-Range", "bytes 4-9/" + bytes.length);
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 4, 10));
        given().header("Range", "bytes=" + bytes.length + "-").get(path).then().statusCode(416)
                .header("Content-Range", "bytes */" + bytes.length);
        given().header("If-None-Match", whole.header("ETag")).get(path).then().statusCode(304)
                .header("ETag", whole.header("ETag"));
        given().header("If-Modified-Since", whole.header("Last-Modified")).get(path).then().statusCode(304);
    }

    @Test
    void areMadeOnce() {
        recommend(FLAT);
        String path = rendition(completes(), Style.FANCY, "instagram");
        int before = made();

        List<CompletableFuture<HttpResponse<byte[]>>> all = IntStream.range(0, 50).mapToObj(i -> request(path))
                .toList();
        all.forEach(response -> assertThat(response.join().statusCode()).isEqualTo(200));

        assertThat(made()).isEqualTo(before + 1);
        assertThat(all.stream().map(response -> Arrays.hashCode(response.join().body())).collect(toSet())).hasSize(1);
        assertThat(all.stream().map(response -> response.join().headers().firstValue("ETag")).collect(toSet()))
                .hasSize(1);
        assertThat(when().get(path).asByteArray()).isEqualTo(all.get(0).join().body());
        assertThat(made()).isEqualTo(before + 1);
    }
}
