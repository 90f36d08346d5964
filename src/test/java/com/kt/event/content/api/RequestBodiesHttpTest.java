package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Bodies: an optional JSON object. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestBodiesHttpTest extends RawHttpSuite {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", " null ", " {\"any\": [\"member\", {}]} ", ""})
    void takesAnyJsonObjectOrNoBody(String body) {
        String length = "Content-Length: " + body.length() + "\r\n";
        String chunk = body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
        for (String path : new String[]{GENERATE, DRAFT + "/styles/fancy/regenerate"}) {
            assertPassed(ask(request("POST", path, JSON, length) + body));
            assertPassed(
                    ask(request("POST", path, "Content-Type: Application/JSON; charset=UTF-8\r\n", length) + body));
            assertPassed(ask(request("POST", path, length) + body));
            assertPassed(ask(request("POST", path, JSON, CHUNKED) + chunk + "0\r\n\r\n"));
        }
        assertPassed(ask(request("POST", GENERATE, "Content-Length: 65536\r\n") + "{" + " ".repeat(65_534) + "}"));
        assertPassed(ask(request("POST", GENERATE)));
        assertPassed(ask(request("POST", GENERATE, "Content-Type: text/plain\r\n", "Content-Length: 0\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\": }", "{} {}", "{} x", "[]", "[{}]", "nul", "1", "\"{}\"", "<a/>", "a=b"})
    void refusesABodyThatIsNoJsonObject(String body) {
        String length = "Content-Length: " + body.length() + "\r\n";
        assertProblem(ask(request("POST", GENERATE, JSON, length) + body), 400);
        assertProblem(ask(request("POST", DRAFT + "/styles/fancy/regenerate", length) + body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
            "application/json-patch+json", "*/*", ";;//"})
    void refusesABodyOfAnotherMediaType(String type) {
        String header = "Content-Type: " + type + "\r\n";
        assertProblem(ask(request("POST", GENERATE, header, "Content-Length: 2\r\n") + "{}"), 415);
        assertProblem(ask(request("POST", GENERATE, header, CHUNKED) + "2\r\n{}\r\n0\r\n\r\n"), 415);
    }

    @Test
    void asksForABodyThatIsHeldBack() {
        try (RawHttp http = new RawHttp()) {
            http.send(request("POST", GENERATE, JSON, "Content-Length: 2\r\n", "Expect: 100-continue\r\n"));
            assertThat(http.answer(false).status()).isEqualTo(100);

            http.send("{}");
            assertPassed(http.answer(true));
        }
        assertProblem(ask(request("POST", GENERATE, JSON, "Content-Length: 2\r\n", "Expect: wonders\r\n")), 417);
    }
}
