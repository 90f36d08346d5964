package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;
import com.kt.event.content.api.http.HttpDate;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** Responses from outside the resources are problems like our own, without internal details. */
@QuarkusTest
@WithTestResource(StandIns.class)
class FrameworkResponsesHttpTest extends HttpSuite {
    private static final String IMAGES = "/api/content/images/";
    private static final String DRAFT = IMAGES + "nobodys-draft";
    private static final String GENERATE = DRAFT + "/generate";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String UUID_4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private static JsonPath assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.json().getString("requestId")).isNotBlank().isEqualTo(answer.headers().get("X-Request-Id"));
        return assertProblem(answer.body(), status);
    }

    private static JsonPath assertProblem(String body, int status) {
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
    private static void assertPassed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isIn("CONTENT_001", "CONTENT_003");
    }

    private static String header(String name, int size) {
        return name + ": " + "a".repeat(size - name.length() - 4) + "\r\n";
    }

    // --- paths, methods, media types

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
    void tellsWhichMethodsAPathHas(String path, String methods) {
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
    void hasNothingButJson(String accept) {
        assertProblem(ask(request("GET", DRAFT, "Accept: " + accept + "\r\n")), 406);
        assertProblem(ask(request("POST", GENERATE, "Accept: " + accept + "\r\n")), 406);
    }

    @Test
    void hasNothingButEventsAmongEvents() {
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
    void saysWhenItAnswered(String method, String path) {
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

    // --- malformed requests

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
    void saysAsWhatItReadAStrangeId(String id) {
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
    void refusesAnAddressThatIsNone(String head) {
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
    void saysNothingToWhatIsNoHttp(String nonsense) {
        try (RawHttp http = new RawHttp()) {
            http.send(nonsense);

            Answer answer = http.answer(true);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEmpty();
            assertThat(http.isClosed()).isTrue();
        }
    }

    // --- limits

    @ParameterizedTest
    @CsvSource({"2049", "10000", "16000"})
    void limitsPathAndQuery(int length) {
        assertProblem(ask(request("GET", DRAFT + "?" + "a".repeat(length - DRAFT.length() - 1))), 414);
        assertProblem(ask(request("GET", "/q/" + "a".repeat(length - 3))), 414);
        assertPassed(ask(request("GET", DRAFT + "?" + "a".repeat(2048 - DRAFT.length() - 1))));
    }

    @Test
    void limitsAHeader() {
        assertPassed(ask(request("GET", DRAFT, header("X-Header", 8192))));
        assertProblem(ask(request("GET", DRAFT, header("X-Header", 8193))), 431);
        assertProblem(ask(request("GET", DRAFT, header("X-Header", 60_000))), 431);
    }

    @Test
    void limitsAllHeadersTogether() {
        assertPassed(ask(request("GET", DRAFT, header("X-A", 8_000), header("X-B", 8_000))));
        assertProblem(ask(request("GET", DRAFT, header("X-A", 8_000), header("X-B", 8_000), header("X-C", 1_000))),
                431);
        assertPassed(ask(request("GET", DRAFT, "X-A: a\r\n".repeat(200))));
        assertProblem(ask(request("GET", DRAFT, "X-A: a\r\n".repeat(2_100))), 431);
    }

    /** Vert.x stops reading there. */
    @Test
    void saysNothingToWhatIsFarTooLong() {
        Answer target = ask(request("GET", DRAFT + "?" + "a".repeat(20_000)));
        assertThat(target.status()).isEqualTo(414);
        assertThat(target.body()).isEmpty();
        Answer header = ask(request("GET", DRAFT, header("X-Header", 100_000)));
        assertThat(header.status()).isEqualTo(431);
        assertThat(header.body()).isEmpty();
    }

    static Stream<String> bodiesThatAreTooLarge() {
        return Stream.of(
                request("POST", GENERATE, JSON, "Content-Length: 65537\r\n"),
                request("POST", GENERATE, JSON, "Content-Length: 65537\r\n", "Expect: 100-continue\r\n"),
                request("POST", GENERATE, JSON, "Content-Length: 9223372036854775807\r\n"),
                request("POST", GENERATE, JSON, "Content-Length: 1000000\r\n") + "a".repeat(1_000_000),
                request("GET", DRAFT, "Content-Length: 1000000\r\n") + "a".repeat(1_000_000),
                request("POST", "/nothing", "Content-Length: 1000000\r\n") + "a".repeat(1_000_000),
                request("POST", GENERATE, JSON, CHUNKED) + "10001\r\n" + "a".repeat(65_537) + "\r\n0\r\n\r\n",
                request("POST", GENERATE, JSON, CHUNKED) + ("8000\r\n" + "a".repeat(32_768) + "\r\n").repeat(30)
                        + "0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreTooLarge")
    void limitsTheBody(String request) {
        Answer answer = ask(request);
        assertProblem(answer, 413);
        assertThat(answer.headers()).containsEntry("Connection", "close");
    }

    // --- bodies

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

    // --- pages of other sites

    @ParameterizedTest
    @CsvSource({"POST, /generate", "POST, /styles/fancy/regenerate", "DELETE, ''", "DELETE, /styles/fancy"})
    void refusesWhatAPageOfAnotherSiteSends(String method, String path) {
        String fromElsewhere = "Sec-Fetch-Site: cross-site\r\n";
        assertProblem(ask(request(method, DRAFT + path, fromElsewhere)), 403);
        assertProblem(ask(request(method, DRAFT + path, fromElsewhere,
                "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Length: 0\r\n")), 403);
        // With an Origin, CORS refuses it without a body.
        assertThat(ask(request(method, DRAFT + path, fromElsewhere, "Origin: https://elsewhere.example\r\n")).status())
                .isEqualTo(403);
        assertThat(ask(request(method, DRAFT + path, fromElsewhere, "Origin: null\r\n")).status()).isEqualTo(403);
    }

    @Test
    void showsPagesOfOtherSitesWhatChangesNothing() {
        assertPassed(ask(request("GET", DRAFT, "Sec-Fetch-Site: cross-site\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "same-site", "none"})
    void takesWhatAPageOfTheSameSiteSends(String site) {
        assertPassed(ask(request("POST", GENERATE, "Sec-Fetch-Site: " + site + "\r\n")));
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

    @Test
    void goesOnWithTheConnectionAfterARefusal() {
        try (RawHttp http = new RawHttp()) {
            http.send(request("POST", GENERATE, "Content-Type: text/plain\r\n", "Content-Length: 5\r\n") + "hello");
            http.send(request("GET", "/" + "a".repeat(3_000)));
            http.send(request("GET", IMAGES + "%zz"));
            http.send(request("GET", DRAFT));

            assertProblem(http.answer(true), 415);
            assertProblem(http.answer(true), 414);
            assertProblem(http.answer(true), 400);
            assertPassed(http.answer(true));
        }
    }

    @Test
    void answersHttp2Alike() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest.Builder generate = HttpRequest.newBuilder(uri(GENERATE));
        // The first request negotiates HTTP/2.
        client.send(HttpRequest.newBuilder(uri(DRAFT)).build(), HttpResponse.BodyHandlers.discarding());

        assertThat(http2(client, generate.POST(HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(404);
        assertThat(http2(client, generate.POST(HttpRequest.BodyPublishers.ofString("{}"))
                .setHeader("Content-Type", "application/json")).statusCode()).isEqualTo(404);
        assertProblem(http2(client, generate.setHeader("Content-Type", "text/plain")).body(), 415);
        assertProblem(http2(client, generate.POST(HttpRequest.BodyPublishers.ofString("a".repeat(65_537)))).body(),
                413);
        assertProblem(http2(client, HttpRequest.newBuilder(uri(DRAFT)).header("X-A", "a".repeat(9_000))).body(), 431);
        assertProblem(http2(client, HttpRequest.newBuilder(uri("/" + "a".repeat(3_000)))).body(), 414);
        assertProblem(http2(client, HttpRequest.newBuilder(uri("/nothing"))).body(), 404);
    }

    /** Over HTTP/2, a body may come without a header that announces it. */
    @ParameterizedTest
    @ValueSource(strings = {"/generate", "/styles/fancy/regenerate"})
    void checksBodiesOverHttp2Alike(String path) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        client.send(HttpRequest.newBuilder(uri(DRAFT)).build(), HttpResponse.BodyHandlers.discarding());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(DRAFT + path));

        for (String body : new String[]{"", "{}", "null", " {\"any\": [\"member\", {}]} ",
                "{" + " ".repeat(65_534) + "}"}) {
            for (HttpRequest.BodyPublisher publisher : ofKnownAndUnknownLength(body)) {
                assertThat(http2(client, request.POST(publisher)).statusCode()).isEqualTo(404);
                assertThat(http2(client, request.copy().POST(publisher).header("Content-Type", "application/json"))
                        .statusCode()).isEqualTo(404);
            }
        }
        for (String body : new String[]{"{", "{} {}", "[]", "1", "<a/>", "nul"}) {
            for (HttpRequest.BodyPublisher publisher : ofKnownAndUnknownLength(body)) {
                assertProblem(http2(client, request.POST(publisher)).body(), 400);
            }
        }
        for (HttpRequest.BodyPublisher publisher : ofKnownAndUnknownLength("{}")) {
            assertProblem(http2(client, request.copy().POST(publisher).header("Content-Type", "text/plain")).body(),
                    415);
        }
        for (HttpRequest.BodyPublisher publisher : ofKnownAndUnknownLength("{" + " ".repeat(1_000_000) + "}")) {
            assertProblem(http2(client, request.POST(publisher)).body(), 413);
        }
    }

    private static List<HttpRequest.BodyPublisher> ofKnownAndUnknownLength(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return List.of(HttpRequest.BodyPublishers.ofByteArray(bytes),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    private static HttpResponse<String> http2(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response;
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    // --- request ids

    @ParameterizedTest
    @CsvSource({"GET, /api/content/images/nobodys-draft, 404", "POST, /api/content/images/nobodys-draft/generate, 404",
            "DELETE, /api/content/images/nobodys-draft, 204", "OPTIONS, /api/content/images/nobodys-draft, 204",
            "PUT, /api/content/images/nobodys-draft, 405", "GET, /api/content/images/jobs/no-job/events, 404",
            "GET, /nothing, 404", "GET, /%zz, 400", "GET, /q/health/live, 200", "GET, /q/openapi, 200"})
    void namesARequestAsItsSenderDoes(String method, String path, int status) {
        Answer answer = ask(request(method, path, "X-Request-Id: shop/1.2_3+4=5:6-7\r\n", "X-Request-Id: other\r\n"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("X-Request-Id", "shop/1.2_3+4=5:6-7");
    }

    @Test
    void takesANameOfUpTo128Characters() {
        String longest = "a".repeat(128);

        assertThat(ask(request("GET", "/nothing", "X-Request-Id: " + longest + "\r\n")).headers())
                .containsEntry("X-Request-Id", longest);
        assertThat(ask(request("GET", "/nothing", "X-Request-Id: " + longest + "a\r\n")).headers().get("X-Request-Id"))
                .matches(UUID_4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a,b", "a\tb", "\u00e9", "<script>", "a\"b", "%{user}", "${env:HOME}", "a;b", "a\\b"})
    void replacesANameThatCouldConfuse(String name) {
        assertThat(ask(request("GET", DRAFT, "X-Request-Id: " + name + "\r\n")).headers().get("X-Request-Id"))
                .matches(UUID_4);
    }

    @Test
    void namesARequestThatNobodyElseDoes() {
        String first = ask(request("GET", DRAFT)).headers().get("X-Request-Id");

        assertThat(first).matches(UUID_4);
        assertThat(ask(request("GET", DRAFT)).headers().get("X-Request-Id")).matches(UUID_4).isNotEqualTo(first);
        assertThat(ask(request("POST", GENERATE, "Origin: https://other.example\r\n")).headers().get("X-Request-Id"))
                .as("one that CORS refuses").matches(UUID_4);
    }

    // --- other origins

    private static final String SHOP = "Origin: https://shop.example\r\n";

    @Test
    void letsTheOriginsAskThatItWasTold() {
        Answer preflight = ask(request("OPTIONS", GENERATE, SHOP, "Access-Control-Request-Method: POST\r\n",
                "Access-Control-Request-Headers: content-type,idempotency-key\r\n"));

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers()).containsEntry("Access-Control-Allow-Origin", "https://shop.example")
                .containsEntry("Access-Control-Allow-Methods", "GET,HEAD,POST,DELETE")
                .containsEntry("Access-Control-Max-Age", "7200");
        assertThat(preflight.headers().get("Access-Control-Allow-Headers").split(",")).contains("Content-Type",
                "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer", "Range", "If-Range",
                "If-Modified-Since", "X-Request-Id");
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/content/images/nobodys-draft", "GET, /nothing", "GET, /%zz",
            "POST, /api/content/images/nobodys-draft/generate"})
    void letsTheOriginsThatItWasToldSeeTheAnswer(String method, String path) {
        Answer answer = ask(request(method, path, SHOP));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.headers()).containsEntry("Access-Control-Allow-Origin", "https://shop.example");
        assertThat(answer.headers().get("Access-Control-Expose-Headers").split(",")).contains("Location",
                "Retry-After", "ETag", "Idempotent-Replayed", "Preference-Applied", "Content-Range", "Accept-Ranges",
                "X-Request-Id");
    }

    /** The body is irrelevant: the browser does not show it to the page. */
    @Test
    void refusesOtherOriginsBeforeAnythingIsDone() {
        recommend(FLAT);
        Answer refused = ask(request("POST", IMAGES + draft + "/generate", "Origin: https://other.example\r\n"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(redis.exists("content:draft:" + draft + ":job")).isFalse();
    }

    // --- behind a gateway

    @Test
    void answersWithTheAddressThatTheGatewayWasAskedFor() {
        recommend(FLAT);
        String[] gateway = {"X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: shop.example\r\n",
                "X-Forwarded-Prefix: /shop\r\n"};

        Answer accepted = ask(request("POST", IMAGES + draft + "/generate", gateway));
        String jobId = accepted.json().getString("jobId");
        assertThat(accepted.headers().get("Location"))
                .isEqualTo("https://shop.example/shop/api/content/images/jobs/" + jobId);
        ends(jobId, "COMPLETED");
        assertThat(assertProblem(ask(request("GET", "/nothing", gateway)), 404).getString("instance"))
                .isEqualTo("/shop/nothing");
    }

    @Test
    void takesTheGatewaysPageForItsOwnOrigin() {
        assertPassed(ask(request("GET", DRAFT, "Origin: https://gate.example\r\n", "X-Forwarded-Proto: https\r\n",
                "X-Forwarded-Host: gate.example\r\n")));
    }
}
