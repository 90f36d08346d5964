package com.kt.event.content.api;

import static com.kt.event.content.api.RawHttp.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The same responses over HTTP/2. */
@QuarkusTest
@WithTestResource(StandIns.class)
class Http2HttpTest extends RawHttpSuite {
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
}
