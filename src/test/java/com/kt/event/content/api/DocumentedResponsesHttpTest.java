package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.ask;
import static com.kt.event.content.api.RawHttp.request;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Each call sends the responses that the document has for every call, or for every call of its kind. */
@QuarkusTest
@WithTestResource(StandIns.class)
class DocumentedResponsesHttpTest extends HttpSuite {
    /** Values that identify no existing draft, job or image. */
    private static final Map<String, String> PARAMETERS = Map.of("{eventDraftId}", "nobodys-draft", "{style}", "fancy",
            "{jobId}", "5f0c3f0e-6d5c-4d6a-9a52-0a2f6a1c9b11", "{file}", "nobodys-simple.png");

    record Call(String method, String path, Set<String> statuses) {
        private static Call of(String template, String method, JsonNode operation) {
            String path = template;
            for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
                path = path.replace(parameter.getKey(), parameter.getValue());
            }
            return new Call(method.toUpperCase(), path, operation.get("responses").propertyStream()
                    .map(Map.Entry::getKey).collect(Collectors.toSet()));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Call> calls() {
        return ApiContract.read().get("paths").propertyStream().flatMap(path -> path.getValue().propertyStream()
                .map(method -> Call.of(path.getKey(), method.getKey(), method.getValue())));
    }

    static Stream<Call> callsWithABody() {
        return calls().filter(call -> call.method().equals("POST"));
    }

    static Stream<Call> callsWithAChoice() {
        return calls().filter(call -> call.statuses().contains("406"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesWhatNoCallTakes(Call call) {
        // The query of an image is ignored.
        String rest = call.path().contains("/files/") ? "" : "?a=";
        assertRefused(call, 400, rest + "%zz");
        assertRefused(call, 413, "", "Content-Length: 70000\r\n");
        assertRefused(call, 414, rest + "a".repeat(3_000));
        assertRefused(call, 431, "", "X-Large: " + "a".repeat(9_000) + "\r\n");
    }

    @ParameterizedTest
    @MethodSource("callsWithABody")
    void refusesBodiesThatNoCallTakes(Call call) {
        assertRefused(call, 415, "", "Content-Type: text/plain\r\n", "Content-Length: 5\r\n");
        assertRefused(call, 417, "", "Content-Type: application/json\r\n", "Content-Length: 2\r\n",
                "Expect: wonders\r\n");
    }

    @ParameterizedTest
    @MethodSource("callsWithAChoice")
    void hasNoOtherMediaTypes(Call call) {
        assertRefused(call, 406, "", "Accept: text/html\r\n");
    }

    /** Checks the response against the document. */
    private static void assertRefused(Call call, int status, String rest, String... headers) {
        assertThat(ask(request(call.method(), call.path() + rest, headers)).status()).isEqualTo(status);
    }

    @Test
    void cannotRegenerateFromWhatItCannotRead() {
        recommend("{\"eventTitle\": ");

        given().post("/api/content/images/" + draft + "/styles/fancy/regenerate").then().statusCode(502)
                .body("code", is("CONTENT_009"));
    }

    /** A record that no version of the service writes. */
    @Test
    void tellsNothingInternalOfAFaultOfItsOwn() {
        redis.hset("job:" + draft, Map.of("status", "NONSENSE", "eventDraftId", draft));
        redis.expire("job:" + draft, 60L);

        given().get("/api/content/images/jobs/" + draft).then().statusCode(500).body("code", is("CONTENT_010"))
                .body("size()", is(7));
    }
}
