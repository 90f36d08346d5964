package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** Images in the store, which may be lost, replaced or unavailable. */
@QuarkusTest
@WithTestResource(StandIns.class)
class StoredImageHttpTest extends HttpSuite {
    /** The image store's directory. */
    Path images;

    @ParameterizedTest
    @EnumSource(Style.class)
    void servesEachImageAsImmutable(Style style) {
        recommend(FLAT);
        String jobId = completes();

        Response image = when().get(link(jobId, style));

        image.then().statusCode(200).contentType("image/png").header("Cache-Control", hasDirectives());
        assertThat(image.asByteArray()).isEqualTo(ImageApiStub.png(style));
    }

    private static Matcher<String> hasDirectives() {
        return allOf(containsString("immutable"),
                containsString("public"),
                matchesPattern(".*max-age=604(800|79[0-9])\\b.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "symlink", "dangling", "fifo"})
    void answers404IfTheNameIsNotThatOfARegularFile(String kind) throws IOException, InterruptedException {
        Path file = images.resolve(kind + "-" + UUID.randomUUID() + ".png");
        Path elsewhere = Files.writeString(images.resolve("elsewhere-" + UUID.randomUUID()), "secret");
        switch (kind) {
            case "directory" -> Files.createDirectory(file);
            case "symlink" -> Files.createSymbolicLink(file, elsewhere);
            case "dangling" -> Files.createSymbolicLink(file, images.resolve("nowhere"));
            default -> assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        }

        for (int i = 0; i < 8; i++) {
            when().get("/api/content/images/files/" + file.getFileName()).then().statusCode(404)
                    .body("code", is("CONTENT_003"));
        }
        when().get("/q/health/live").then().statusCode(200);
        Files.delete(file);
    }

    @Test
    void generatesAgainAnImageThatTheStoreHasLost() throws IOException {
        recommend(FLAT);
        String lost = completes();
        Files.delete(images.resolve(lost + "-fancy.png"));

        String jobId = completes();

        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(2);
        assertThat(imageApi.calls()).isEqualTo(4);
        assertThat(images.resolve(jobId + "-fancy.png")).exists();
        when().get("/api/content/images/" + draft).then().body("imageUrls.fancy", containsString(jobId))
                .body("imageUrls.simple", containsString(lost));
    }

    /** The store is unavailable, so the image may exist. */
    @Test
    void reportsThatTheImageStoreIsUnavailable() throws IOException {
        recommend(FLAT);
        String jobId = completes();
        Path aside = images.resolveSibling(images.getFileName() + "-aside");
        Files.move(images, aside);
        try {
            when().get("/api/content/images/files/" + jobId + "-fancy.png").then().statusCode(503);
            Files.writeString(images, "a file in the directory's place");
            when().get("/api/content/images/files/" + jobId + "-fancy.png").then().statusCode(503)
                    .body("code", is("CONTENT_008")).body("detail", containsString("image store"))
                    .header("Retry-After", is("5"));
            when().delete("/api/content/images/" + draft).then().statusCode(503)
                    .body("detail", containsString("image store"));
            await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(503)
                    .body("checks.find { it.name == 'picture store' }.data.reason", containsString("Not a directory")));
        } finally {
            Files.deleteIfExists(images);
            Files.move(aside, images);
        }

        when().delete("/api/content/images/" + draft).then().statusCode(204);
        assertThat(images.resolve(jobId + "-fancy.png")).doesNotExist();
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    /** As if the image were deleted while it is requested. */
    @Test
    void answersThoughAnImageComesAndGoes() throws Exception {
        byte[] image = ImageApiStub.png(Style.FANCY);
        String link = put(image);
        Path file = images.resolve(link.substring(link.lastIndexOf('/') + 1));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> comesAndGoes = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                replace(file, image);
            }
        });

        try {
            for (int i = 0; i < 500; i++) {
                assertServedOrNotFound(HTTP.send(HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + link)).timeout(Duration.ofSeconds(30))
                        .build(), BodyHandlers.ofByteArray()));
            }
        } finally {
            done.set(true);
            comesAndGoes.join();
        }
    }

    private static void replace(Path file, byte[] image) {
        try {
            Files.delete(file);
            Thread.yield();
            Files.write(file, image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertServedOrNotFound(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isIn(200, 404, 410);
        if (answer.statusCode() != 200) {
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "accept-ranges");
            assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
        }
    }

    private String put(byte[] image) throws IOException {
        return "/api/content/images/files/"
                + Files.write(images.resolve(UUID.randomUUID() + "-fancy.png"), image).getFileName();
    }

    /** The directory may hold more than this service has written. */
    @ParameterizedTest
    @ValueSource(strings = {"backup.json", "dump.rdb", "report.pdf", "photo.png", "%s.png", "%s-fancy.jpeg"})
    void servesNoFilesOfOthers(String name) throws IOException {
        Path others = Files.writeString(images.resolve(name.formatted(UUID.randomUUID())), "secret");
        try {
            when().get("/api/content/images/files/" + others.getFileName()).then().statusCode(404)
                    .body("code", is("CONTENT_003"));
        } finally {
            Files.delete(others);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fpom.xml", "%2Fetc%2Fpasswd", "a.png%00", ".part"})
    void servesNothingButImages(String file) {
        given().urlEncodingEnabled(false).get("/api/content/images/files/" + file)
                .then().statusCode(404).contentType("application/problem+json");
    }
}
