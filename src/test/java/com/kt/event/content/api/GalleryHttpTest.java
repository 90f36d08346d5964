package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** GET and DELETE the images of a draft, also if their record cannot be read. */
@QuarkusTest
@WithTestResource(StandIns.class)
class GalleryHttpTest extends HttpSuite {
    /** The image store's directory. */
    Path images;

    @Test
    void publishesTheImagesForAWeek() {
        recommend(FLAT);
        String jobId = completes();

        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("eventDraftId", is(draft))
                .body("imageUrls.keySet()", hasItems("simple", "fancy", "trendy"))
                .body("images.jobId", hasItems(jobId, jobId, jobId))
                .body("images.label", hasItems("심플", "화려한", "트렌디"))
                .body("images[0].imageUrl",
                        startsWith("http://localhost:" + RestAssured.port + "/api/content/images/files/"));
        Map<String, String> hash = redis.hgetAll("content:image:" + draft);
        assertThat(hash).containsOnlyKeys("simple", "fancy", "trendy", "recommendation");
        JsonPath simple = JsonPath.from(hash.get("simple"));
        assertThat(simple.getString("jobId")).isEqualTo(jobId);
        assertThat(simple.getString("imageUrl")).endsWith(jobId + "-simple.png");
        assertThat(Duration.between(Instant.parse(simple.getString("createdAt")),
                Instant.parse(simple.getString("expiresAt")))).isEqualTo(Duration.ofDays(7));
        assertThat(redis.ttl("content:image:" + draft)).isBetween(604_790L, 604_800L);
    }

    @Test
    void describesEachImageByItsBytes() throws Exception {
        recommend(FLAT);
        String jobId = completes();

        JsonPath answer = when().get("/api/content/images/" + draft).then().statusCode(200).extract().jsonPath();

        for (Style style : Style.values()) {
            byte[] image = when().get(link(jobId, style)).asByteArray();
            Map<String, Object> view = answer.getMap("images.find { it.style == '" + style.key() + "' }");
            assertThat(view).containsEntry("mediaType", "image/png").containsEntry("width", 64)
                    .containsEntry("height", 64).containsEntry("bytes", image.length).containsEntry("sha256",
                            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image)));
        }
    }

    /** As an older version published it. */
    @Test
    void showsAnImageOfWhichNothingElseIsKnown() {
        recommend(FLAT);
        completes();
        String key = "content:image:" + draft;
        redis.hset(key, "fancy", redis.hget(key, "fancy").replaceAll(",\\s*\"(details|origin)\":\\{[^}]*}", ""));

        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("images.find { it.style == 'fancy' }.keySet()", containsInAnyOrder("style", "label", "imageUrl",
                        "jobId", "outdated", "createdAt", "expiresAt", "renditions"));
    }

    // --- unreadable records

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "5", "null", "{\"imageUrl\":null}"})
    void leavesOutOnlyWhatItCannotRead(String value) {
        recommend(FLAT);
        completes();
        redis.hset("content:image:" + draft, "fancy", value);

        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("imageUrls.keySet()", containsInAnyOrder("simple", "trendy"));
        String jobId = completes();
        assertThat(imageApi.calls()).as("only the missing image is generated").isEqualTo(4);
        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("imageUrls.fancy", containsString(jobId));
    }

    @Test
    void deletesImagesThoughOneCannotBeRead() {
        recommend(FLAT);
        String jobId = completes();
        redis.hset("content:image:" + draft, "fancy", "{bad");
        redis.hset("content:image:" + draft, "recommendation", "{bad");

        when().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(redis.exists("content:image:" + draft)).isFalse();
        assertThat(images.resolve(jobId + "-simple.png")).doesNotExist();
        assertThat(images.resolve(jobId + "-trendy.png")).doesNotExist();
    }

    @Test
    void treatsAKeyOfAnotherTypeAsNoImages() {
        recommend(FLAT);
        redis.rpush("content:image:" + draft, "x");

        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
        completes();
        ends(regenerate(Style.FANCY).then().statusCode(202).extract().path("jobId"), "COMPLETED");
        redis.del("ai:event:" + draft);
        regenerate(Style.FANCY).then().statusCode(404).body("code", is("CONTENT_001"));
        when().delete("/api/content/images/" + draft).then().statusCode(204);
        assertThat(redis.exists("content:image:" + draft)).isFalse();
    }

    /** The first DELETE was interrupted after or before the files were deleted; the second one completes it. */
    @Test
    void finishesADeletionThatWasInterrupted() throws IOException {
        recommend(FLAT);
        String jobId = completes();
        Files.delete(images.resolve(jobId + "-simple.png"));

        when().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(images.resolve(jobId + "-fancy.png")).doesNotExist();
        when().get("/api/content/images/" + draft).then().statusCode(404);
        when().delete("/api/content/images/" + draft).then().statusCode(204);
    }
}
