package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** Duplicate requests, with and without an idempotency key, are not paid for twice. */
@QuarkusTest
@WithTestResource(StandIns.class)
class DuplicateRequestHttpTest extends HttpSuite {
    private final String key = UUID.randomUUID().toString();

    // --- with an idempotency key

    @Test
    void replaysTheFirstAnswer() {
        recommend(FLAT);
        Response first = generate(key);
        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        ends(first.path("jobId"), "COMPLETED");

        generate(key).then().statusCode(202).header("Idempotent-Replayed", is("true"))
                .header("Location", is(first.header("Location"))).header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body(equalTo(first.asString()));
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(redis.ttl("content:idempotency:" + key)).isBetween(86_390L, 86_400L);
    }

    @Test
    void refusesTheKeyOfAnotherRequest() {
        recommend(FLAT);
        generate(key).then().statusCode(202);

        given().header("Idempotency-Key", key).post("/api/content/images/another-draft/generate").then()
                .statusCode(422).contentType("application/problem+json").body("code", is("CONTENT_006"))
                .body("message", matchesPattern(".*[가-힣].*")).body("detail", containsString("Idempotency-Key"));
        given().header("Idempotency-Key", key).queryParam("force", true)
                .post("/api/content/images/" + draft + "/generate").then().statusCode(422);
        given().header("Idempotency-Key", key).post("/api/content/images/" + draft + "/styles/fancy/regenerate").then()
                .statusCode(422);
        await().until(() -> imageApi.calls() == 3);
    }

    @Test
    void startsOneJobForFiftyRequestsAtOnce() {
        recommend(FLAT);
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> post("/generate", key)).limit(50)
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(JsonPath.from(answer.body()).getString("jobId"))
                    .isEqualTo(JsonPath.from(answers.get(0).join().body()).getString("jobId"));
        });
        assertThat(answers.stream().map(CompletableFuture::join)
                .filter(answer -> answer.headers().firstValue("Idempotent-Replayed").isEmpty())).hasSize(1);
        ends(JsonPath.from(answers.get(0).join().body()).getString("jobId"), "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void remembersNoFailure() {
        generate(key).then().statusCode(404).body("code", is("CONTENT_001"));
        recommend(FLAT);

        ends(generate(key).then().statusCode(202).header("Idempotent-Replayed", nullValue()).extract().path("jobId"),
                "COMPLETED");
    }

    @Test
    void doesNotWaitForAnAnswerThatNeverComes() {
        recommend(FLAT);
        redis.psetex("content:idempotency:" + key, 10_000, "{\"request\":\"generate " + draft + "\"}");

        generate(key).then().statusCode(503).body("code", is("CONTENT_008")).header("Retry-After", not(nullValue()));
        assertThat(imageApi.calls()).isZero();
    }

    /** The outcome of the first request is unknown, and may have been charged. */
    @Test
    void startsNothingForAKeyWhoseEntryCannotBeRead() {
        recommend(FLAT);
        redis.psetex("content:idempotency:" + key, 10_000, "no JSON");

        generate(key).then().statusCode(409).body("code", is("CONTENT_005"))
                .body("detail", containsString("another key"));
        assertThat(imageApi.calls()).isZero();
    }

    /** Redis has the job, and the instance died before it responded. */
    @Test
    void answersWithTheJobThatWasStartedWithoutAnAnswer() {
        recommend(FLAT);
        String jobId = generate(key).then().statusCode(202).extract().path("jobId");
        redis.psetex("content:idempotency:" + key, 80_000_000, "{\"request\":\"generate " + draft
                + "\",\"jobId\":\"" + jobId + "\",\"startedAt\":1,\"heldUntil\":1}");

        generate(key).then().statusCode(202).header("Idempotent-Replayed", is("true")).body("jobId", is(jobId));
        ends(jobId, "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("invalidKeys")
    void refusesAnInvalidKey(String invalid) {
        recommend(FLAT);

        generate(invalid).then().statusCode(400).body("code", is("CONTENT_004"))
                .body("detail", containsString("Idempotency-Key"));
    }

    static Stream<String> invalidKeys() {
        return Stream.of("", "a b", "a".repeat(256));
    }

    // --- without a key

    @Test
    void answersTheLiveJob() {
        recommend(FLAT);
        imageApi.holdsBackEverything();
        Response first = generate();

        generate().then().statusCode(202).body("jobId", is(first.<String>path("jobId")))
                .header("Location", is(first.header("Location"))).header("Idempotent-Replayed", nullValue());
        redis.set("ai:event:" + draft, OTHER);
        generate().then().statusCode(202).body("jobId", not(is(first.<String>path("jobId"))));
        await().until(() -> imageApi.calls() == 6);
    }

    @Test
    void startsOneJobForManyRequestsAtOnce() {
        recommend(FLAT);
        imageApi.holdsBackEverything();

        List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(() -> post("/generate", null)).limit(50)
                .toList();

        assertThat(answers).extracting(CompletableFuture::join)
                .extracting(answer -> JsonPath.from(answer.body()).getString("jobId")).doesNotContainNull()
                .containsOnly(generate().<String>path("jobId"));
        await().until(() -> imageApi.calls() >= 3);
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void paysNothingForImagesThatExist() {
        recommend(FLAT);
        String first = completes();

        Response second = generate();

        second.then().statusCode(202).body("status", is("COMPLETED")).body("jobId", not(is(first)))
                .body("message", is("이미지 생성이 완료되었습니다"));
        when().get(URI.create(second.header("Location"))).then().statusCode(200).body("status", is("COMPLETED"))
                .body("progress", is(100)).header("Retry-After", nullValue())
                .body("imageUrls.fancy", is(link(first, Style.FANCY).toString()));
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(first, first, first)));
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void paysForTheImageThatIsMissing() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, aResponse().withStatus(400));
        String first = completes();
        imageApi.drawsEverything();

        String second = completes();

        assertThat(imageApi.calls()).as("since then").isEqualTo(1);
        when().get("/api/content/images/jobs/" + second).then().body("styles.status", everyItem(is("COMPLETED")))
                .body("imageUrls.simple", containsString(first)).body("imageUrls.fancy", containsString(second));
    }

    @Test
    void paysForNewImagesWhenForcedTo() {
        recommend(FLAT);
        String first = completes();

        String second = given().queryParam("force", true).post("/api/content/images/" + draft + "/generate").then()
                .statusCode(202).body("status", is("PENDING")).extract().path("jobId");

        ends(second, "COMPLETED");
        assertThat(imageApi.calls()).isEqualTo(6);
        when().get("/api/content/images/" + draft).then().body("images.jobId", is(List.of(second, second, second)));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void refusesToGuessWhatForceMeans() {
        recommend(FLAT);

        given().queryParam("force", "maybe").post("/api/content/images/" + draft + "/generate").then().statusCode(400)
                .body("code", is("CONTENT_004"));
    }

    @Test
    void saysThatTheOfferHasChanged() {
        recommend(FLAT);
        completes();
        when().get("/api/content/images/" + draft).then().body("outdated", is(false))
                .body("images.outdated", everyItem(is(false)));

        recommend(OTHER);
        when().get("/api/content/images/" + draft).then().body("outdated", is(true))
                .body("images.outdated", everyItem(is(true)));

        String simple = regenerate(Style.SIMPLE).then().statusCode(202).extract().path("jobId");
        ends(simple, "COMPLETED");
        when().get("/api/content/images/" + draft).then().body("outdated", is(true))
                .body("images.outdated", is(List.of(false, true, true)));
        completes();
        when().get("/api/content/images/" + draft).then().body("outdated", is(false));
        assertThat(imageApi.calls()).as("the simple one would do").isEqualTo(6);
    }

    @Test
    void cannotTellWhetherTheOfferHasChangedWhenItIsGone() {
        recommend(FLAT);
        completes();
        redis.del("ai:event:" + draft);
        when().get("/api/content/images/" + draft).then().statusCode(200).body("outdated", is(false));

        recommend("[1, 2]");
        when().get("/api/content/images/" + draft).then().statusCode(200).body("outdated", is(false));
    }

    private Response generate(String idempotencyKey) {
        return given().header("Idempotency-Key", idempotencyKey).post("/api/content/images/" + draft + "/generate");
    }

    private CompletableFuture<HttpResponse<String>> post(String call, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/content/images/" + draft + call))
                .POST(HttpRequest.BodyPublishers.noBody());
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
