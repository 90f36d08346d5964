package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Headers that all responses have, whatever their address. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ResponseHeadersHttpTest extends HttpSuite {
    /** Its first request negotiates HTTP/2, which one that has a connection already does not. */
    private final HttpClient client = HttpClient.newHttpClient();

    /** The length may be absent, but must not differ (RFC 9110, 8.6). */
    @ParameterizedTest
    @EnumSource
    void answersHeadWithTheHeadersOfGet(HttpClient.Version version) throws Exception {
        recommend(FLAT);
        String job = "/api/content/images/jobs/" + completes();
        List<String> paths = new ArrayList<>(List.of(job, job.replace("images/", "") + "/status",
                "/api/content/images/" + draft, job + "0", job + "/events", job + "0/events",
                "/api/content/images/a%20b",
                "/nothing"));
        if (version == HttpClient.Version.HTTP_1_1) {
            // Over HTTP/2, Quarkus (3.34.1) sends the body of a health check in response to HEAD, too.
            paths.add("/q/health/live");
        }
        for (String path : paths) {
            HttpResponse<String> whole = send("GET", path, version);
            HttpResponse<String> head = send("HEAD", path, version);

            assertThat(head.statusCode()).as(path).isEqualTo(whole.statusCode());
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.headers().firstValueAsLong("Content-Length").orElse(whole.body().getBytes(UTF_8).length))
                    .as(path).isEqualTo(whole.body().getBytes(UTF_8).length);
            // Without a charset, which JSON does not have.
            assertThat(whole.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(head.headers().firstValue("Content-Type").orElseThrow());
            for (String name : new String[]{"ETag", "Retry-After", "Cache-Control"}) {
                assertThat(head.headers().allValues(name)).as(path + " " + name)
                        .isEqualTo(whole.headers().allValues(name));
            }
        }
    }

    private HttpResponse<String> send(String method, String path, HttpClient.Version version) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .version(version).timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** Each response describes a state that may change at any time. */
    @Test
    void forbidsCachingOfWhatChanges() {
        recommend(FLAT);
        String job = "/api/content/images/jobs/" + completes();
        String images = "/api/content/images/" + draft;

        Stream.of(generate(), when().get(job), when().head(job), when().get(job.replace("images/", "") + "/status"),
                given().header("If-None-Match", "*").get(job), given().header("If-None-Match", "*").head(job),
                when().delete(job), when().get(images), when().head(images), regenerate(Style.FANCY),
                given().accept("text/html").get(images), when().put(images), when().get(images + "/none"),
                given().body("[]").post(images + "/generate"), given().header("X-A", "a".repeat(9_000)).get(images),
                when().delete(images), when().get(images), when().get(job + "/none"), when().get("/nothing"),
                when().get("/api/content/images/files/none.png"), when().head("/api/content/images/files/none.png"))
                .forEach(answer -> assertThat(answer.getHeaders().getValues("Cache-Control"))
                        .containsExactly("no-store"));
    }
}
