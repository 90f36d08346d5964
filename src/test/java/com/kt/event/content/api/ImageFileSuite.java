package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;

import com.kt.event.content.api.RawHttp.Answer;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** The base of the tests that request an image: a file in the store, and what its responses have in common. */
abstract class ImageFileSuite extends HttpSuite {
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** More than one buffer of the file. */
    static final int SIZE = 300_000;

    /** The image store's directory. */
    Path images;

    final byte[] image = new byte[SIZE];
    Path file;
    String link;

    @BeforeEach
    void put() throws IOException {
        new Random().nextBytes(image);
        file = Files.write(images.resolve(UUID.randomUUID() + "-fancy.png"), image);
        link = "/api/content/images/files/" + file.getFileName();
    }

    HttpResponse<byte[]> get(Version version, String... headers) throws Exception {
        return send(version, "GET", headers);
    }

    HttpResponse<byte[]> send(Version version, String method, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + link))
                .version(version).timeout(LIMIT).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        ContractFilter.check(method, link, new ApiContract.Answer(answer.statusCode(),
                ApiContract.Answer.joined(answer.headers().map()), answer.body()));
        return answer;
    }

    static String header(HttpResponse<?> answer, String name) {
        return String.join(" and ", answer.headers().allValues(name));
    }

    static AbstractStringAssert<?> assertHeader(HttpResponse<?> answer, String name) {
        return assertThat(header(answer, name)).as(name);
    }

    void assertWhole(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        assertThat(answer.body()).isEqualTo(image);
        assertSameHeadersAsTheWhole(answer);
    }

    void assertSameHeadersAsTheWhole(HttpResponse<byte[]> answer) throws Exception {
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);
        for (String name : new String[]{"ETag", "Last-Modified", "Vary", "Content-Type", "Content-Disposition",
                "Content-Security-Policy", "X-Content-Type-Options"}) {
            assertHeader(answer, name).isNotEmpty().isEqualTo(header(whole, name));
        }
        assertHeader(answer, "Accept-Ranges").isEqualTo("bytes");
        assertMaxAge(answer);
    }

    /** Until a week after the image was stored. */
    private void assertMaxAge(HttpResponse<byte[]> answer) throws IOException {
        Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
        Duration left = Duration.ofDays(7).minus(age.isNegative() ? Duration.ZERO : age);

        assertHeader(answer, "Cache-Control").contains("public", "immutable").doesNotContain("no-store");
        assertThat(maxAge(answer)).isBetween(left.minusSeconds(2), left.plusMinutes(1));
    }

    static Duration maxAge(HttpResponse<byte[]> answer) {
        return Duration.ofSeconds(Long.parseLong(header(answer, "Cache-Control").replaceFirst(".*max-age=", "")));
    }

    void assertNotModified(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        HttpResponse<byte[]> whole = get(Version.HTTP_1_1);
        for (String name : new String[]{"ETag", "Last-Modified", "Vary"}) {
            assertHeader(answer, name).isNotEmpty().isEqualTo(header(whole, name));
        }
        assertMaxAge(answer);
    }

    static void assertProblem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertHeader(answer, "Content-Type").isEqualTo("application/problem+json");
        assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "accept-ranges");
        assertThat(JsonPath.from(new String(answer.body(), StandardCharsets.UTF_8)).getString("code"))
                .isEqualTo("CONTENT_004");
    }
}
