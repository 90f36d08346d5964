package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** Requests that are not HTTP, or whose end is doubtful. */
@QuarkusTest
@WithTestResource(StandIns.class)
class MalformedRequestsHttpTest extends RawHttpSuite {
    @ParameterizedTest
    @ValueSource(strings = {"/%zz", IMAGES + "%zz", IMAGES + "a%2", IMAGES + "a\0b", IMAGES + "a|b", IMAGES + "a[b]",
            IMAGES + "a\\b", IMAGES + "<script>", IMAGES + "\u00ed\u0095\u009c", IMAGES + "\u00e9", DRAFT + "?a=%zz",
            DRAFT + "?a={}", "/q/%zz", "//%zz"})
    void refusesAnIllegalCharacter(String target) {
        assertProblem(ask(request("GET", target)), 400);
        assertThat(ask(request("POST", target, "Origin: http://other.example\r\n")).status()).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b", "%ff%fe", "a%2fb", "a%20b", "%ED%95%9C"})
    void quotesAStrangeIdAsItWasSent(String id) {
        JsonPath problem = assertProblem(ask(request("GET", IMAGES + id)), 400);
        assertThat(problem.getString("instance")).isEqualTo(IMAGES + id);
        assertThat(problem.getString("violations[0].field")).isEqualTo("eventDraftId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET %s HTTP/1.1\r\n\r\n", "GET %s HTTP/1.1\r\nHost: \r\n\r\n",
            "GET %s HTTP/1.1\r\nHost: a b/<>\r\n\r\n", "GET %s HTTP/1.1\r\nHost: user@a\r\n\r\n",
            "GET %s HTTP/1.1\r\nHost: user:pw@a\r\n\r\n", "GET %s HTTP/1.1\r\nHost: a:99999\r\n\r\n",
            "GET %s HTTP/1.1\r\nHost: a:b\r\n\r\n", "GET %s HTTP/1.1\r\nHost: a/b\r\n\r\n",
            "GET %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"})
    void refusesAnInvalidHost(String head) {
        assertProblem(ask(head.formatted(DRAFT)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "gzip, chunked", "chunked, nonsense"})
    void refusesABodyOfUnknownEnd(String coding) {
        try (RawHttp http = new RawHttp()) {
            http.send(request("POST", GENERATE, "Transfer-Encoding: " + coding + "\r\n") + "0\r\n\r\n");

            assertProblem(http.answer(true), 400);
            assertThat(http.isClosed()).isTrue();
        }
    }

    static Stream<String> requestsOfDoubtfulEnd() {
        String chunk = "5\r\n{   }\r\n0\r\n\r\n";
        return Stream.of(
                request("POST", GENERATE, "Content-Length: 5\r\n", CHUNKED) + "0\r\n\r\n",
                request("POST", GENERATE, CHUNKED, "Content-Length: 5\r\n") + "0\r\n\r\n",
                request("POST", GENERATE, "content-length:0\r\n", "transfer-encoding:chunked\r\n") + chunk,
                request("POST", GENERATE, "CONTENT-LENGTH:   17\r\n", CHUNKED, "X-A: a\r\n".repeat(40)) + chunk,
                request("GET", DRAFT, "Content-Length: 5\r\n", CHUNKED) + "0\r\n\r\n",
                request("DELETE", DRAFT, "Content-Length: 5\r\n", CHUNKED) + "0\r\n\r\n",
                request("POST", GENERATE, CHUNKED, "Transfer-Encoding: identity\r\n") + "0\r\n\r\n",
                request("POST", GENERATE, "Transfer-Encoding: identity\r\n", CHUNKED) + "0\r\n\r\n",
                request("POST", GENERATE, CHUNKED, CHUNKED) + "0\r\n\r\n",
                request("POST", GENERATE, "Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n",
                request("POST", GENERATE, "Transfer-Encoding: \"chunked\"\r\n") + "0\r\n\r\n",
                request("POST", GENERATE, CHUNKED).replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n",
                request("POST", GENERATE, "Connection: keep-alive\r\n", "Content-Length: 5\r\n", CHUNKED)
                        .replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n");
    }

    /** Also if CORS finds the fault first, which runs before our handlers. */
    static Stream<String> refusedRequestsOfDoubtfulEnd() {
        String both = "Content-Length: 5\r\n" + CHUNKED;
        return Stream.of(
                request("POST", "/api/%zz", both),
                request("POST", "/" + "a".repeat(3_000), both),
                request("POST", GENERATE, "X-A: " + "a".repeat(9_000) + "\r\n", both),
                request("POST", GENERATE, "X-Forwarded-Proto: javascript\r\n", both),
                request("POST", GENERATE, both).replace("localhost", "a b"),
                request("POST", GENERATE, "Origin: https://stranger.example\r\n", both),
                request("OPTIONS", GENERATE, "Origin: https://stranger.example\r\n",
                        "Access-Control-Request-Method: POST\r\n", both),
                request("POST", "/nothing", both),
                request("GET", "/q/health/live", both));
    }

    @ParameterizedTest
    @MethodSource("refusedRequestsOfDoubtfulEnd")
    void answersNothingAfterARequestOfDoubtfulEnd(String doubtful) {
        try (RawHttp http = new RawHttp()) {
            http.send(doubtful + "0\r\n\r\n" + request("GET", DRAFT));

            Answer answer = http.answer(true);
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.headers()).containsEntry("Connection", "close");
            assertThat(http.isClosed()).isTrue();
        }
    }

    /** The bytes after it may be a body or another request, and are ignored. */
    @ParameterizedTest
    @MethodSource("requestsOfDoubtfulEnd")
    void refusesARequestOfDoubtfulEnd(String doubtful) {
        recommend(FLAT);
        try (RawHttp http = new RawHttp()) {
            http.send(doubtful + request("POST", IMAGES + draft + "/generate"));

            Answer answer = http.answer(true);
            assertProblem(answer, 400);
            assertThat(http.isClosed()).isTrue();
        }
        assertThat(redis.exists("content:draft:" + draft + ":job")).isFalse();
    }

    /** Without blanks after its colons, it looks like one that had a Content-Length. */
    @Test
    void closesTheConnectionAfterARequestThatMayHaveHadTwoLengths() {
        try (RawHttp http = new RawHttp()) {
            http.send(request("POST", GENERATE, "x-a:a\r\n".repeat(40), "content-length:5\r\n",
                    "transfer-encoding:chunked\r\n") + "0\r\n\r\n" + request("GET", DRAFT));

            assertPassed(http.answer(true));
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void keepsTheConnectionOfAnOrdinaryChunkedRequest() {
        try (RawHttp http = new RawHttp()) {
            http.send(request("POST", GENERATE, JSON, "User-Agent: test\r\n", "Accept: */*\r\n", CHUNKED)
                    + "2\r\n{}\r\n0\r\n\r\n" + request("GET", DRAFT));

            assertPassed(http.answer(true));
            assertPassed(http.answer(true));
        }
    }

    /** Vert.x itself refuses what is not HTTP, without a body. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET / HTTP\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\nX: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX\0: a\r\n\r\n"})
    void answersWhatIsNotHttpWithoutABody(String nonsense) {
        try (RawHttp http = new RawHttp()) {
            http.send(nonsense);

            Answer answer = http.answer(true);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEmpty();
            assertThat(http.isClosed()).isTrue();
        }
    }
}
