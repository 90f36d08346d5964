package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.S3Server;
import com.kt.event.content.S3StandIn;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Images in the bucket of an S3 server, which may be away. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(S3StandIn.class)
class S3ImageHttpTest extends HttpSuite {
    S3Server s3;

    /** The directory that would be used without S3. */
    Path images;

    @ParameterizedTest
    @EnumSource(Style.class)
    void servesEachImage(Style style) {
        recommend(FLAT);
        String link = path(link(completes(), style));

        Response whole = when().get(link);

        whole.then().statusCode(200).contentType("image/png").header("Cache-Control", containsString("immutable"))
                .header("Accept-Ranges", "bytes").header("ETag", matchesPattern("\".+\"")).header("Last-Modified",
                        matchesPattern(".+ GMT"));
        assertThat(whole.asByteArray()).isEqualTo(ImageApiStub.png(style));
        assertThat(images).isEmptyDirectory();
    }

    @Test
    void servesPartsAndConditionsAsFromADirectory() {
        recommend(FLAT);
        String link = path(link(completes(), Style.SIMPLE));
        byte[] all = ImageApiStub.png(Style.SIMPLE);
        String etag = when().get(link).header("ETag");

        Response part = given().header("Range", "bytes=4-9").get(link);
        part.then().statusCode(206).header("Content-Range", "bytes 4-9/" + all.length).header("Content-Length", "6");
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(all, 4, 10));
        given().header("Range", "bytes=" + all.length + "-").get(link).then().statusCode(416)
                .header("Content-Range", "bytes */" + all.length);
        given().header("If-None-Match", etag).get(link).then().statusCode(304);
        given().header("If-Range", "\"other\"").header("Range", "bytes=4-9").get(link).then().statusCode(200);
        Response head = when().head(link);
        head.then().statusCode(200).header("Content-Length", Integer.toString(all.length)).header("ETag", etag);
        assertThat(head.asByteArray()).isEmpty();
    }

    @Test
    void deletesAnImage() {
        recommend(FLAT);
        String link = path(link(completes(), Style.FANCY));

        when().delete("/api/content/images/" + draft).then().statusCode(204);

        when().get(link).then().statusCode(410).body("code", is("CONTENT_011"));
    }

    /** The images exist, so nothing may be paid for again. */
    @Test
    void usesTheImagesThatExist() {
        recommend(FLAT);
        String first = completes();

        String second = completes();

        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(link(second, Style.SIMPLE)).isEqualTo(link(first, Style.SIMPLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "frozen"})
    void waitsWhileS3IsAway(String kind) {
        recommend(FLAT);
        String link = path(link(completes(), Style.FANCY));
        leave(kind);
        try {
            when().get(link).then().statusCode(503).body("code", is("CONTENT_008")).header("Retry-After", is("5"))
                    .body("detail", containsString("image store"));
            await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(503)
                    .body("checks.find { it.name == 'picture store' }.data.reason", containsString("S3")));
            int calls = imageApi.calls();

            String jobId = given().post("/api/content/images/" + draft + "/generate?force=true").then().statusCode(202)
                    .extract().path("jobId");

            when().get("/api/content/images/jobs/" + jobId).then().body("status", is("PENDING"));
            assertThat(imageApi.calls()).isEqualTo(calls);
            comeBack(kind);
            ends(jobId, "COMPLETED");
        } finally {
            comeBack(kind);
        }
        when().get(link).then().statusCode(200);
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    private void leave(String kind) {
        if (kind.equals("killed")) {
            s3.kill();
        } else {
            s3.freeze();
        }
    }

    private void comeBack(String kind) {
        if (kind.equals("frozen")) {
            s3.thaw();
        } else if (!s3.isAlive()) {
            s3.start();
        }
    }

    private static String path(URI link) {
        return link.getPath();
    }
}
