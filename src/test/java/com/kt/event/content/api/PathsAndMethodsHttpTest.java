package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;
import com.kt.event.content.api.http.HttpDate;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Unknown paths and methods, media types that do not exist, and what all responses carry. */
@QuarkusTest
@WithTestResource(StandIns.class)
class PathsAndMethodsHttpTest extends RawHttpSuite {
    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /nothing", "GET, /favicon.ico", "GET, /q", "GET, /q/nothing", "POST, /nothing",
            "GET, /api/content", "GET, /api/content/nothing", "DELETE, /api/content/images/a/b/c/d",
            "OPTIONS, /api/content/nothing", "OPTIONS, *", "CONNECT, localhost:80", "GET, nothing",
            "GET, /api/content/../../etc/passwd", "GET, /%2e%2e/etc/passwd", "GET, //nothing"})
    void knowsNothingAtOtherPaths(String method, String path) {
        assertProblem(ask(request(method, path)), 404);
        assertProblem(ask(request(method, path, "Accept: text/html\r\n")), 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"generate | OPTIONS, POST", "'' | DELETE, GET, HEAD, OPTIONS",
            "styles/fancy | DELETE, OPTIONS", "styles/fancy/regenerate | OPTIONS, POST"})
    void namesTheMethodsOfAPath(String path, String methods) {
        for (String method : new String[]{"PATCH", "PUT", "TRACE", "NONSENSE"}) {
            Answer refused = ask(request(method, DRAFT + "/" + path, "Content-Length: 0\r\n"));
            assertProblem(refused, 405);
            assertThat(refused.headers()).containsEntry("Allow", methods);
        }
        Answer options = ask(request("OPTIONS", DRAFT + "/" + path));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers()).containsEntry("Allow", methods);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/xml;q=0.9", ";;//"})
    void servesNothingButJson(String accept) {
        assertProblem(ask(request("GET", DRAFT, "Accept: " + accept + "\r\n")), 406);
        assertProblem(ask(request("POST", GENERATE, "Accept: " + accept + "\r\n")), 406);
    }

    @Test
    void servesTheEventsOfAJobAsAnEventStreamOnly() {
        assertProblem(ask(request("GET", IMAGES + "jobs/no-job/events", "Accept: application/json\r\n")), 406);
        Answer unknown = ask(request("GET", IMAGES + "jobs/no-job/events", "Accept: text/event-stream\r\n"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(unknown.json().getString("code")).isEqualTo("CONTENT_002");
    }

    @Test
    void answersHeadWithoutABody() {
        try (RawHttp http = new RawHttp()) {
            http.send(request("HEAD", "/nothing"));
            http.send(request("HEAD", IMAGES + "%zz"));
            http.send(request("GET", DRAFT));

            assertThat(http.answer(false).status()).isEqualTo(404);
            assertThat(http.answer(false).status()).isEqualTo(400);
            assertPassed(http.answer(true));
        }
    }

    @Test
    void ignoresQueryParametersThatItDoesNotKnow() {
        assertPassed(ask(request("GET", DRAFT + "?utm_source=sns&utm_source=&=&%ED%95%9C")));
        assertPassed(ask(request("POST", GENERATE + "?utm_source=sns")));
    }

    /** For responses of the service, of the framework and of the handlers in front of both. */
    @ParameterizedTest
    @CsvSource({"GET, /api/content/images/nobodys-draft", "HEAD, /api/content/images/nobodys-draft",
            "POST, /api/content/images/nobodys-draft/generate", "PUT, /api/content/images/nobodys-draft",
            "DELETE, /api/content/images/nobodys-draft", "OPTIONS, /api/content/images/nobodys-draft",
            "GET, /api/content/images/files/none.png", "GET, /api/content/images/jobs/none/events",
            "GET, /api/content/images/%zz", "GET, /nothing", "HEAD, /nothing", "OPTIONS, *", "GET, nothing",
            "CONNECT, localhost:80", "GET, /q/health",
            "GET, /q/health/live", "GET, /q/health/ready", "GET, /q/metrics", "GET, /q/openapi", "GET, /q/nothing"})
    void datesEveryResponse(String method, String path) {
        assertDated(request(method, path));
        assertDated(request(method, path, SHOP));
        assertDated(request(method, path, "Origin: https://other.example\r\n"));
        assertDated(request(method, path, "X-A: " + "a".repeat(9_000) + "\r\n"));
        assertDated(request(method, path + "?" + "a".repeat(3_000)));
        assertDated(request(method, path, "Content-Length: 65537\r\n"));
        assertDated(request(method, path, "Content-Length: 1\r\n", CHUNKED) + "0\r\n\r\n");
    }

    private static void assertDated(String request) {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (RawHttp http = new RawHttp()) {
            http.send(request);
            String date = http.answer(false).headers().get("Date");

            assertThat(date).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            assertThat(HttpDate.parse(date).orElseThrow()).isBetween(before, Instant.now());
        }
    }

    @Test
    void answersUnknownPathsAndMethodsAsProblems() {
        when().get("/api/content/nothing").then().statusCode(404).contentType("application/problem+json")
                .body("code", not(nullValue())).body("message", not(nullValue()));
        when().delete("/api/content/images/" + draft + "/generate").then().statusCode(405)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/main.js", "/embedded/mood", "/embedded/recommendations"})
    void hasNoPageAndNoStandIns(String path) {
        assertProblem(ask(request("GET", path)), 404);
    }
}
