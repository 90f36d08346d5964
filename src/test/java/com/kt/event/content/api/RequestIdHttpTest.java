package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The id of a request, given by its sender or by the service. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestIdHttpTest extends RawHttpSuite {
    private static final String UUID_4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @ParameterizedTest
    @CsvSource({"GET, /api/content/images/nobodys-draft, 404", "POST, /api/content/images/nobodys-draft/generate, 404",
            "DELETE, /api/content/images/nobodys-draft, 204", "OPTIONS, /api/content/images/nobodys-draft, 204",
            "PUT, /api/content/images/nobodys-draft, 405", "GET, /api/content/images/jobs/no-job/events, 404",
            "GET, /nothing, 404", "GET, /%zz, 400", "GET, /q/health/live, 200", "GET, /q/openapi, 200"})
    void keepsTheRequestIdOfTheSender(String method, String path, int status) {
        Answer answer = ask(request(method, path, "X-Request-Id: shop/1.2_3+4=5:6-7\r\n", "X-Request-Id: other\r\n"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("X-Request-Id", "shop/1.2_3+4=5:6-7");
    }

    @Test
    void acceptsARequestIdOfUpTo128Characters() {
        String longest = "a".repeat(128);

        assertThat(ask(request("GET", "/nothing", "X-Request-Id: " + longest + "\r\n")).headers())
                .containsEntry("X-Request-Id", longest);
        assertThat(ask(request("GET", "/nothing", "X-Request-Id: " + longest + "a\r\n")).headers().get("X-Request-Id"))
                .matches(UUID_4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a,b", "a\tb", "\u00e9", "<script>", "a\"b", "%{user}", "${env:HOME}", "a;b", "a\\b"})
    void replacesARequestIdWithOtherCharacters(String name) {
        assertThat(ask(request("GET", DRAFT, "X-Request-Id: " + name + "\r\n")).headers().get("X-Request-Id"))
                .matches(UUID_4);
    }

    @Test
    void givesARequestAnIdIfItHasNone() {
        String first = ask(request("GET", DRAFT)).headers().get("X-Request-Id");

        assertThat(first).matches(UUID_4);
        assertThat(ask(request("GET", DRAFT)).headers().get("X-Request-Id")).matches(UUID_4).isNotEqualTo(first);
        assertThat(ask(request("POST", GENERATE, "Origin: https://other.example\r\n")).headers().get("X-Request-Id"))
                .as("one that CORS refuses").matches(UUID_4);
    }
}
