package com.kt.event.content.api;

import static com.kt.event.content.api.ContractFilter.check;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.api.RandomRequests.Request;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/**
 * Each random request gets a response that the OpenAPI document has for the call: valid requests are not refused as
 * invalid, and invalid ones are refused. {@code -Dfuzz.seed=…} repeats the requests of a run, {@code -Dfuzz.requests=…}
 * sets their number.
 */
@QuarkusTest
@WithTestResource(StandIns.class)
class RandomRequestsHttpTest extends HttpSuite {
    private static final Logger LOG = Logger.getLogger(RandomRequestsHttpTest.class);

    @Test
    void areAnsweredAsTheDocumentSays() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        int count = Integer.getInteger("fuzz.requests", 500);
        LOG.infof("%d random requests, -Dfuzz.seed=%d", count, seed);
        recommend(FLAT);
        String job = completes();
        RandomRequests requests = new RandomRequests(seed, ApiContract.stored(), ApiContract.read(), Map.of(
                "eventDraftId", List.of(draft), "jobId", List.of(job),
                "file", List.of(link(job, Style.FANCY).getPath().replaceFirst(".*/", "")),
                "style", List.of("simple", "fancy", "trendy"), "force", List.of("true", "false"),
                "Idempotency-Key", List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString())));

        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Request request = requests.next();
            try {
                judge(request, answer(request));
            } catch (AssertionError e) {
                complaints.add("request " + i + ", " + request + ": " + e.getMessage());
            }
        }
        assertThat(complaints).as("with -Dfuzz.seed=%d", seed).isEmpty();
    }

    private static void judge(Request request, HttpResponse<byte[]> response) {
        ApiContract.Answer answer = new ApiContract.Answer(response.statusCode(),
                ApiContract.Answer.joined(response.headers().map()), response.body());
        check(request.method(), request.target(), answer);
        if (request.isValid()) {
            assertThat(answer.toString()).doesNotContain("CONTENT_004");
            assertThat(answer.status()).isLessThan(500);
        } else {
            assertThat(answer.status()).isBetween(400, 499);
        }
    }

    private static HttpResponse<byte[]> answer(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder http = HttpRequest.newBuilder(
                URI.create("http://localhost:" + RestAssured.port + request.target())).timeout(Duration.ofMinutes(1))
                .version(HttpClient.Version.HTTP_1_1);
        request.headers().forEach(http::header);
        http.method(request.method(), request.body() == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(request.body()));
        return HTTP.send(http.build(), BodyHandlers.ofByteArray());
    }
}
