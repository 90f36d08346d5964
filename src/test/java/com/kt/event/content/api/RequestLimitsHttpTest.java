package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RawHttp.Answer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Limits of the request line, the headers and the body. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestLimitsHttpTest extends RawHttpSuite {
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
    void answersWhatIsFarTooLongWithoutABody() {
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

    @Test
    void keepsTheConnectionAfterARefusal() {
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
}
