package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.kt.event.content.api.RawHttp.Answer;

import io.restassured.path.json.JsonPath;

/** The base of the tests that write their requests byte by byte: targets, headers and what problems have in common. */
abstract class RawHttpSuite extends HttpSuite {
    static final String IMAGES = "/api/content/images/";
    static final String DRAFT = IMAGES + "nobodys-draft";
    static final String GENERATE = DRAFT + "/generate";
    static final String JSON = "Content-Type: application/json\r\n";
    static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    static final String SHOP = "Origin: https://shop.example\r\n";

    static JsonPath assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.json().getString("requestId")).isNotBlank().isEqualTo(answer.headers().get("X-Request-Id"));
        return assertProblem(answer.body(), status);
    }

    static JsonPath assertProblem(String body, int status) {
        assertThat(body).doesNotContainPattern(
                "(?i)quarkus|vert\\.?x|resteasy|jackson|exception|error id|java|com\\.kt|@|<|\\$|HTTP \\d");
        JsonPath problem = JsonPath.from(body);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo("CONTENT_004");
        assertThat(problem.getString("type")).isEqualTo("tag:event.kt.com,2026:content:CONTENT_004");
        assertThat(problem.getString("title")).isEqualTo("Invalid request");
        assertThat(problem.getString("message")).isEqualTo("요청이 올바르지 않습니다");
        assertThat(problem.getString("detail")).isNotBlank();
        return problem;
    }

    /** The response for an unknown draft if the request itself is valid. */
    static void assertPassed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isIn("CONTENT_001", "CONTENT_003");
    }

    static String header(String name, int size) {
        return name + ": " + "a".repeat(size - name.length() - 4) + "\r\n";
    }
}
