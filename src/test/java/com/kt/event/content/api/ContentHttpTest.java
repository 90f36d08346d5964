package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

import redis.clients.jedis.StreamEntryID;

/** The service as observed over HTTP, in Redis, and by the image API. */
@QuarkusTest
@WithTestResource(StandIns.class)
class ContentHttpTest extends HttpSuite {
    /** The image store's directory. */
    Path images;

    private static final String NESTED = """
            {"selectedRecommendation": {"title": "봄맞이 딸기 라떼 1+1", "description": "딸기 라떼 한 잔 더"},
             "event": {"targetAudience": "20대 직장인", "objective": "신메뉴 홍보", "storeId": 7}, "trend": null}""";

    // --- while the breaker is open

    @Test
    void saysWhenAWaitingJobGoesOn() {
        recommend(FLAT);
        pause(90_000);
        String job = generate().path("jobId");

        when().get("/api/content/images/jobs/" + job).then().statusCode(200)
                .body("status", is("PENDING"))
                .body("detail", allOf(containsString("기다리고"), matchesPattern(".* (8[0-9]|90)초.*")))
                .header("Retry-After", matchesPattern("8[0-9]|90"))
                .header("ETag", matchesPattern("W/\"1-[0-9]+\""));
        assertThat(imageApi.calls()).isZero();
    }

    @Test
    void goesOnWhenThePauseIsOver() {
        recommend(FLAT);
        pause(1_500);
        String job = generate().path("jobId");

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + job).then()
                .body("status", is("COMPLETED")).body("$", not(hasKey("detail"))));
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(redis.exists("content:breaker")).isFalse();
    }

    @Test
    void ownsUpToACallWhoseOutcomeNobodyKnows() {
        String job = UUID.randomUUID().toString();
        String now = Instant.now().toString();
        redis.hset("job:" + job, Map.of("status", "PROCESSING", "eventDraftId", draft, "type", "IMAGE_GEN",
                "createdAt", now, "updatedAt", now, "version", "2", "recommendation", FLAT,
                "simple", "{\"status\":\"PENDING\"}", "fancy",
                "{\"status\":\"PROCESSING\",\"calls\":{\"attempts\":1,\"openSince\":\"" + now + "\"}}"));
        redis.expire("job:" + job, 3_600L);
        double before = unknownCalls();

        redis.xadd("content:jobs", StreamEntryID.NEW_ENTRY,
                Map.of("job", job, "createdAt", Long.toString(System.currentTimeMillis())));

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + job).then()
                .body("status", is("COMPLETED")).body("possiblyChargedTwice", is(true))
                .body("styles.find { it.style == 'fancy' }.possiblyChargedTwice", is(true))
                .body("styles.find { it.style == 'simple' }.possiblyChargedTwice", is(false)));
        assertThat(unknownCalls()).isEqualTo(before + 1);
    }

    private static double unknownCalls() {
        return when().get("/q/metrics").then().statusCode(200).extract().asString().lines()
                .filter(line -> line.startsWith("content_calls_unknown_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findFirst()
                .orElseThrow();
    }

    // --- accepting

    @Test
    void acceptsAJobAsTheContractSays() {
        recommend(FLAT);
        imageApi.holdsBackEverything();

        Response accepted = generate();

        accepted.then().statusCode(202).contentType("application/json")
                .body("jobId", matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("status", is("PENDING"))
                .body("message", is("이미지 생성 중입니다"))
                .body("size()", is(3))
                .header("Location",
                        is("http://localhost:" + RestAssured.port + "/api/content/images/jobs/"
                                + accepted.path("jobId")))
                .header("Retry-After", matchesPattern("[1-9][0-9]*"));
    }

    @Test
    void writesTheJobToRedisForAnHour() {
        recommend(FLAT);
        imageApi.holdsBackEverything();
        Instant before = Instant.now().minusMillis(1);

        String key = "job:" + generate().path("jobId");

        Map<String, String> job = redis.hgetAll(key);
        assertThat(job).containsEntry("eventDraftId", draft).containsEntry("type", "IMAGE_GEN")
                .containsKeys("status", "updatedAt", "version", "simple", "fancy", "trendy");
        assertThat(Instant.parse(job.get("createdAt"))).isBetween(before, Instant.now());
        assertThat(job.get("recommendation")).contains("봄맞이 딸기 라떼 1+1");
        assertThat(redis.ttl(key)).isBetween(3_590L, 3_600L);
    }

    @Test
    void refusesADraftWithoutRecommendation() {
        generate().then().statusCode(404).contentType("application/problem+json")
                .body("code", is("CONTENT_001"))
                .body("message", is("AI 추천을 먼저 선택해주세요"))
                .body("status", is(404))
                .body("title", not(nullValue()))
                .body("type", not(nullValue()))
                .body("detail", not(nullValue()))
                .body("instance", is("/api/content/images/" + draft + "/generate"));
        assertThat(imageApi.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"selectedRecommendation\": null, \"event\": {\"title\": \"봄\"}}"})
    void refusesADraftWhoseRecommendationIsNotSelectedYet(String value) {
        recommend(value);

        generate().then().statusCode(404).body("code", is("CONTENT_001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"eventTitle\": ", "[1, 2]", "{\"eventDescription\": \"제목이 없음\"}"})
    void refusesACorruptRecommendation(String value) {
        recommend(value);

        generate().then().statusCode(502).contentType("application/problem+json")
                .body("code", is("CONTENT_009"))
                .body("detail", not(matchesPattern(".*제목.*")));
    }

    @Test
    void refusesARecommendationOfAnotherType() {
        redis.sadd("ai:event:" + draft, "a", "b");

        generate().then().statusCode(502).body("code", is("CONTENT_009"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs", "files", "a b", "a/b", "a:b", "한글", "a*", "&",
            "a2345678901234567890123456789012345678901234567890123456789012345"})
    void refusesAnInvalidDraftId(String id) {
        given().pathParam("id", id).post("/api/content/images/{id}/generate")
                .then().statusCode(400).contentType("application/problem+json")
                .body("code", is("CONTENT_004")).body("message", not(nullValue())).body("detail", not(nullValue()));
        given().pathParam("id", id).get("/api/content/images/{id}")
                .then().statusCode(400).body("code", is("CONTENT_004"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-z_0.9", "jobs2",
            "a234567890123456789012345678901234567890123456789012345678901234"})
    void takesAnyValidDraftId(String id) {
        given().pathParam("id", id).get("/api/content/images/{id}")
                .then().statusCode(404).body("code", is("CONTENT_003"));
    }

    // --- the four formats of a recommendation

    @Test
    void drawsAFlatString() {
        recommend(FLAT);
        completes();
        promptsSpeakOfTheEvent();
    }

    @Test
    void drawsANestedString() {
        recommend(NESTED);
        completes();
        promptsSpeakOfTheEvent();
    }

    @Test
    void drawsAFlatHash() {
        redis.hset("ai:event:" + draft, Map.of("eventTitle", "봄맞이 딸기 라떼 1+1", "eventDescription", "딸기 라떼 한 잔 더",
                "targetAudience", "20대 직장인", "eventObjective", "신메뉴 홍보", "additionalData", "{\"기간\": \"4월\"}"));
        completes();
        promptsSpeakOfTheEvent();
    }

    @Test
    void drawsANestedHash() {
        redis.hset("ai:event:" + draft, Map.of(
                "selectedRecommendation", "{\"title\": \"봄맞이 딸기 라떼 1+1\", \"description\": \"딸기 라떼 한 잔 더\"}",
                "event", "{\"targetAudience\": \"20대 직장인\", \"objective\": \"신메뉴 홍보\"}"));
        completes();
        promptsSpeakOfTheEvent();
    }

    private void promptsSpeakOfTheEvent() {
        for (Style style : Style.values()) {
            String request = imageApi.requests(style).get(0).getBodyAsString();
            assertThat(JsonPath.from(request).getString("prompt"))
                    .contains("봄맞이 딸기 라떼 1+1", "딸기 라떼 한 잔 더", "20대 직장인", "신메뉴 홍보");
        }
    }

    // --- the main path

    @Test
    void asksTheImageApiOncePerStyleInItsOwnWords() {
        recommend(FLAT);
        completes();

        for (Style style : Style.values()) {
            assertThat(imageApi.requests(style)).singleElement().satisfies(request -> {
                assertThat(request.getHeader("Authorization")).isEqualTo("Bearer test-key");
                JsonPath body = JsonPath.from(request.getBodyAsString());
                assertThat(body.getString("model")).isEqualTo("gpt-image-2.6-flare");
                assertThat(body.getInt("n")).isEqualTo(1);
                assertThat(body.getString("size")).isEqualTo("1024x1024");
                assertThat(body.getMap("")).doesNotContainKey("quality");
            });
        }
    }

    @Test
    void showsTheFinishedJob() {
        recommend(FLAT);
        String jobId = completes();

        String base = "http://localhost:" + RestAssured.port + "/api/content/images/files/" + jobId;
        when().get("/api/content/images/jobs/" + jobId).then().statusCode(200).contentType("application/json")
                .body("jobId", is(jobId)).body("eventDraftId", is(draft)).body("type", is("IMAGE_GEN"))
                .body("status", is("COMPLETED")).body("progress", is(100)).body("message", is("이미지 생성이 완료되었습니다"))
                .body("imageUrls.simple", is(base + "-simple.png"))
                .body("imageUrls.fancy", is(base + "-fancy.png"))
                .body("imageUrls.trendy", is(base + "-trendy.png"))
                .body("styles.style", hasItems("simple", "fancy", "trendy"))
                .body("styles.label", hasItems("심플", "화려한", "트렌디"))
                .body("styles[0].status", is("COMPLETED"))
                .body("styles[0].imageUrl", is(base + "-simple.png"))
                .body("styles[0]", not(hasKey("error")))
                .body("createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z"))
                .header("Retry-After", nullValue());
    }

    @Test
    void showsTheSameJobUnderItsOtherAddress() {
        recommend(FLAT);
        String jobId = completes();

        String job = when().get("/api/content/images/jobs/" + jobId).asString();
        when().get("/api/content/jobs/" + jobId + "/status").then().statusCode(200).body(equalTo(job));
    }

    @Test
    void doesNotSendAJobAgainThatHasNotChanged() {
        recommend(FLAT);
        String jobId = completes();

        String tag = when().get("/api/content/images/jobs/" + jobId).header("ETag");
        given().header("If-None-Match", tag).get("/api/content/images/jobs/" + jobId).then().statusCode(304);
        given().header("If-None-Match", "\"0\"").get("/api/content/images/jobs/" + jobId).then().statusCode(200);
    }

    /** The length may be absent, but must not differ (RFC 9110, 8.6). */
    @ParameterizedTest
    @EnumSource
    void saysOfAHeadWhatItSaysOfTheWhole(HttpClient.Version version) throws Exception {
        recommend(FLAT);
        String job = "/api/content/images/jobs/" + completes();
        for (String path : new String[]{job, job.replace("images/", "") + "/status", "/api/content/images/" + draft,
                job + "0", job + "/events", job + "0/events", "/api/content/images/a%20b", "/nothing",
                "/q/health/live"}) {
            HttpResponse<String> whole = send("GET", path, version);
            HttpResponse<String> head = send("HEAD", path, version);

            assertThat(head.statusCode()).as(path).isEqualTo(whole.statusCode());
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.headers().firstValueAsLong("Content-Length").orElse(whole.body().getBytes(UTF_8).length))
                    .as(path).isEqualTo(whole.body().getBytes(UTF_8).length);
            // Without a charset, which JSON does not have.
            assertThat(whole.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(head.headers().firstValue("Content-Type").orElseThrow());
            for (String name : new String[]{"ETag", "Retry-After", "Cache-Control"}) {
                assertThat(head.headers().allValues(name)).as(path + " " + name)
                        .isEqualTo(whole.headers().allValues(name));
            }
        }
    }

    private static HttpResponse<String> send(String method, String path, HttpClient.Version version) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .version(version).timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** Each response describes a state that may change at any time. */
    @Test
    void letsNobodyKeepWhatChanges() {
        recommend(FLAT);
        String job = "/api/content/images/jobs/" + completes();
        String images = "/api/content/images/" + draft;

        Stream.of(generate(), when().get(job), when().head(job), when().get(job.replace("images/", "") + "/status"),
                given().header("If-None-Match", "*").get(job), given().header("If-None-Match", "*").head(job),
                when().delete(job), when().get(images), when().head(images), regenerate(Style.FANCY),
                given().accept("text/html").get(images), when().put(images), when().get(images + "/none"),
                given().body("[]").post(images + "/generate"), given().header("X-A", "a".repeat(9_000)).get(images),
                when().delete(images), when().get(images), when().get(job + "/none"), when().get("/nothing"),
                when().get("/api/content/images/files/none.png"), when().head("/api/content/images/files/none.png"))
                .forEach(answer -> assertThat(answer.getHeaders().getValues("Cache-Control"))
                        .containsExactly("no-store"));
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void servesEachImageForEver(Style style) {
        recommend(FLAT);
        String jobId = completes();

        Response image = when().get(link(jobId, style));

        image.then().statusCode(200).contentType("image/png").header("Cache-Control", hasDirectives());
        assertThat(image.asByteArray()).isEqualTo(ImageApiStub.png(style));
    }

    private static Matcher<String> hasDirectives() {
        return allOf(containsString("immutable"),
                containsString("public"),
                containsString("max-age=604800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "symlink", "dangling", "fifo"})
    void answersWhereAImagesNameIsSomethingElses(String kind) throws IOException, InterruptedException {
        Path file = images.resolve(kind + "-" + UUID.randomUUID() + ".png");
        Path elsewhere = Files.writeString(images.resolve("elsewhere-" + UUID.randomUUID()), "secret");
        switch (kind) {
            case "directory" -> Files.createDirectory(file);
            case "symlink" -> Files.createSymbolicLink(file, elsewhere);
            case "dangling" -> Files.createSymbolicLink(file, images.resolve("nowhere"));
            default -> assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        }

        for (int i = 0; i < 8; i++) {
            when().get("/api/content/images/files/" + file.getFileName()).then().statusCode(404)
                    .body("code", is("CONTENT_003"));
        }
        when().get("/q/health/live").then().statusCode(200);
        Files.delete(file);
    }

    @Test
    void drawsAImageAnewThatTheStoreHasLost() throws IOException {
        recommend(FLAT);
        String lost = completes();
        Files.delete(images.resolve(lost + "-fancy.png"));

        String jobId = completes();

        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(2);
        assertThat(imageApi.calls()).isEqualTo(4);
        assertThat(images.resolve(jobId + "-fancy.png")).exists();
        when().get("/api/content/images/" + draft).then().body("imageUrls.fancy", containsString(jobId))
                .body("imageUrls.simple", containsString(lost));
    }

    /** The store is unavailable, so the image may exist. */
    @Test
    void saysSoWhereTheImageStoreIsAway() throws IOException {
        recommend(FLAT);
        String jobId = completes();
        Path aside = images.resolveSibling(images.getFileName() + "-aside");
        Files.move(images, aside);
        try {
            when().get("/api/content/images/files/" + jobId + "-fancy.png").then().statusCode(503);
            Files.writeString(images, "a file in the directory's place");
            when().get("/api/content/images/files/" + jobId + "-fancy.png").then().statusCode(503)
                    .body("code", is("CONTENT_008")).body("detail", containsString("image store"))
                    .header("Retry-After", is("5"));
            when().delete("/api/content/images/" + draft).then().statusCode(503)
                    .body("detail", containsString("image store"));
            await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(503)
                    .body("checks.find { it.name == 'picture store' }.data.reason", containsString("Not a directory")));
        } finally {
            Files.deleteIfExists(images);
            Files.move(aside, images);
        }

        when().delete("/api/content/images/" + draft).then().statusCode(204);
        assertThat(images.resolve(jobId + "-fancy.png")).doesNotExist();
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    /** As if the image were deleted while it is requested. */
    @Test
    void answersThoughAImageComesAndGoes() throws Exception {
        byte[] image = ImageApiStub.png(Style.FANCY);
        String link = put(image);
        Path file = images.resolve(link.substring(link.lastIndexOf('/') + 1));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> comesAndGoes = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                try {
                    Files.delete(file);
                    Thread.yield();
                    Files.write(file, image);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });

        try {
            for (int i = 0; i < 500; i++) {
                HttpResponse<byte[]> answer = HTTP.send(HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + link)).timeout(Duration.ofSeconds(30))
                        .build(), BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isIn(200, 404);
                if (answer.statusCode() == 404) {
                    assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified", "accept-ranges");
                    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
                }
            }
        } finally {
            done.set(true);
            comesAndGoes.join();
        }
    }

    @Test
    void saysThatImagesCanBeKept() {
        when().get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'picture store' }.status", is("UP"));
        assertThat(when().get("/q/metrics").asString()).contains("content_store_writable 1.0",
                "content_pictures_unkept 0.0");
    }

    private String put(byte[] image) throws IOException {
        return "/api/content/images/files/"
                + Files.write(images.resolve(UUID.randomUUID() + "-fancy.png"), image).getFileName();
    }

    // --- unreadable records

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "5", "null", "{\"imageUrl\":null}"})
    void leavesOutOnlyWhatItCannotRead(String value) {
        recommend(FLAT);
        completes();
        redis.hset("content:image:" + draft, "fancy", value);

        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("imageUrls.keySet()", containsInAnyOrder("simple", "trendy"));
        String jobId = completes();
        assertThat(imageApi.calls()).as("only what is missing is drawn").isEqualTo(4);
        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("imageUrls.fancy", containsString(jobId));
    }

    @Test
    void deletesImagesThoughOneCannotBeRead() {
        recommend(FLAT);
        String jobId = completes();
        redis.hset("content:image:" + draft, "fancy", "{bad");
        redis.hset("content:image:" + draft, "recommendation", "{bad");

        when().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(redis.exists("content:image:" + draft)).isFalse();
        assertThat(images.resolve(jobId + "-simple.png")).doesNotExist();
        assertThat(images.resolve(jobId + "-trendy.png")).doesNotExist();
    }

    @Test
    void treatsAKeyOfAnotherTypeAsNoPictures() {
        recommend(FLAT);
        redis.rpush("content:image:" + draft, "x");

        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
        completes();
        ends(regenerate(Style.FANCY).then().statusCode(202).extract().path("jobId"), "COMPLETED");
        redis.del("ai:event:" + draft);
        regenerate(Style.FANCY).then().statusCode(404).body("code", is("CONTENT_001"));
        when().delete("/api/content/images/" + draft).then().statusCode(204);
        assertThat(redis.exists("content:image:" + draft)).isFalse();
    }

    /** The first DELETE was interrupted after or before the files were deleted; the second one completes it. */
    @Test
    void finishesADeletionThatWasBrokenOff() throws IOException {
        recommend(FLAT);
        String jobId = completes();
        Files.delete(images.resolve(jobId + "-simple.png"));

        when().delete("/api/content/images/" + draft).then().statusCode(204);

        assertThat(images.resolve(jobId + "-fancy.png")).doesNotExist();
        when().get("/api/content/images/" + draft).then().statusCode(404);
        when().delete("/api/content/images/" + draft).then().statusCode(204);
    }

    @Test
    void hangsTheImagesForAWeek() {
        recommend(FLAT);
        String jobId = completes();

        when().get("/api/content/images/" + draft).then().statusCode(200)
                .body("eventDraftId", is(draft))
                .body("imageUrls.keySet()", hasItems("simple", "fancy", "trendy"))
                .body("images.jobId", hasItems(jobId, jobId, jobId))
                .body("images.label", hasItems("심플", "화려한", "트렌디"))
                .body("images[0].imageUrl",
                        startsWith("http://localhost:" + RestAssured.port + "/api/content/images/files/"));
        Map<String, String> hash = redis.hgetAll("content:image:" + draft);
        assertThat(hash).containsOnlyKeys("simple", "fancy", "trendy", "recommendation");
        JsonPath simple = JsonPath.from(hash.get("simple"));
        assertThat(simple.getString("jobId")).isEqualTo(jobId);
        assertThat(simple.getString("imageUrl")).endsWith(jobId + "-simple.png");
        assertThat(Duration.between(Instant.parse(simple.getString("createdAt")),
                Instant.parse(simple.getString("expiresAt")))).isEqualTo(Duration.ofDays(7));
        assertThat(redis.ttl("content:image:" + draft)).isBetween(604_790L, 604_800L);
    }

    @Test
    void leavesNoEntryInTheQueueAndNoLease() {
        recommend(FLAT);
        String jobId = completes();

        assertThat(redis.hgetAll("job:" + jobId)).doesNotContainKeys("owner", "leaseUntil");
        await().untilAsserted(() -> assertThat(redis.xlen("content:jobs")).isZero());
    }

    @Test
    void showsAImageTheMomentItIsDone() {
        recommend(FLAT);
        imageApi.holdsBack(Style.TRENDY);
        String jobId = generate().path("jobId");

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("status", is("PROCESSING"))
                .body("imageUrls.keySet()", hasItems("simple", "fancy"))
                .body("progress", is(66)));
        when().get("/api/content/images/jobs/" + jobId).then().header("Retry-After", matchesPattern("[1-9][0-9]*"));
    }

    @Test
    void doesNotKnowOtherJobsOrImages() {
        when().get("/api/content/images/jobs/" + UUID.randomUUID())
                .then().statusCode(404).contentType("application/problem+json").body("code", is("CONTENT_002"));
        when().get("/api/content/jobs/no-such-job/status").then().statusCode(404).body("code", is("CONTENT_002"));
        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
        when().get("/api/content/images/files/" + UUID.randomUUID() + "-simple.png")
                .then().statusCode(404).body("code", is("CONTENT_003"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fpom.xml", "%2Fetc%2Fpasswd", "a.png%00", ".part"})
    void servesNothingButImages(String file) {
        given().urlEncodingEnabled(false).get("/api/content/images/files/" + file)
                .then().statusCode(404).contentType("application/problem+json");
    }

    // --- failures of the image API

    @ParameterizedTest
    @CsvSource({"500, IMAGE_API_ERROR, 2", "400, IMAGE_API_ERROR, 1", "422, IMAGE_API_ERROR, 1",
            "408, IMAGE_API_TIMEOUT, 1", "504, IMAGE_API_TIMEOUT, 1"})
    void failsAStyleAloneWhenTheProviderAnswers(int status, String code, int calls) {
        failsAlone(aResponse().withStatus(status), code);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(calls);
    }

    /** An error with a code or a sentence, a finish reason, and a state beside a placeholder. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "400 | {'error': {'code': 'content_policy_violation', 'message': 'no'}}",
            "403 | {'error': {'code': 'BadRequest', 'innererror': {'code': 'ResponsibleAIPolicyViolation'}}}",
            "400 | {'error': {'code': 400, 'message': 'The prompt could not be submitted. This prompt contains sensitive words'}}",
            "200 | {'data': [{'b64_json': 'PNG', 'finish_reason': 'CONTENT_FILTERED'}]}",
            "200 | {'data': [{'b64_json': 'PNG'}], 'finishReason': 'IMAGE_SAFETY'}",
            "200 | {'data': [{'b64_json': 'PNG', 'content_filter_results': {'hate': {'filtered': true}}}]}",
            "200 | {'data': [{'b64_json': 'PNG'}], 'has_nsfw_concepts': [true]}",
            "200 | {'id': 'a1', 'status': 'Request Moderated', 'result': null}"})
    void failsAStyleAloneThatModerationRefused(int status, String body) {
        String placeholder = Base64.getEncoder().encodeToString(ImageApiStub.png(Style.FANCY));
        failsAlone(aResponse().withStatus(status).withBody(body.replace('\'', '"').replace("PNG", placeholder)),
                "IMAGE_REJECTED");
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "null", "[]", "{\"data\": []}", "{\"data\": [{}]}",
            "{\"data\": [], \"usage\": {\"total_tokens\": 0}}",
            "{\"id\": \"1\", \"status\": \"queued\"}", "{\"data\": [{\"b64_json\": \"%%%\"}]}",
            "{\"data\": [{\"b64_json\": \"PGh0bWw+\"}]}", "{\"data\": [{\"url\": \"file:///etc/passwd\"}]}",
            "{\"data\": [{\"url\": \"http://127.0.0.1/x.png\"}]}", "{\"data\": [{\"url\": \"http://[::1]/x.png\"}]}"})
    void failsAStyleAloneWhenTheAnswerIsNoImage(String garbage) {
        failsAlone(aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(garbage),
                "IMAGE_INVALID");
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void failsAStyleAloneWhenTheConnectionBreaks(Fault fault) {
        failsAlone(aResponse().withFault(fault), null);
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    private void failsAlone(ResponseDefinitionBuilder answer, String code) {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, answer);
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then()
                .body("message", is("3개 중 2개의 이미지가 생성되었습니다"))
                .body("progress", is(100))
                .body("imageUrls.keySet()", hasItems("simple", "trendy"))
                .body("imageUrls", not(hasKey("fancy")))
                .body("styles[1].style", is("fancy"))
                .body("styles[1].status", is("FAILED"))
                .body("styles[1].error.code", code == null ? startsWith("IMAGE_") : is(code))
                .body("styles[1].error.message", matchesPattern(".*[가-힣].*"))
                .body("styles[1]", not(hasKey("imageUrl")));
        when().get("/api/content/images/" + draft).then().body("images.style", is(List.of("simple", "trendy")));
    }

    @Test
    void failsTheJobWhenNoImageIsMade() {
        recommend(FLAT);
        imageApi.answersEverything(aResponse().withStatus(400));
        String jobId = generate().path("jobId");

        ends(jobId, "FAILED");
        when().get("/api/content/images/jobs/" + jobId).then()
                .body("message", is("이미지를 생성하지 못했습니다")).body("imageUrls.size()", is(0));
        when().get("/api/content/images/" + draft).then().statusCode(404).body("code", is("CONTENT_003"));
    }

    @Test
    void outlivesAnOutageOfTheProvider() {
        recommend(FLAT);
        imageApi.answersEverything(aResponse().withStatus(503));
        String jobId = generate().path("jobId");
        await().until(() -> imageApi.calls() >= 6);

        imageApi.drawsEverything();

        ends(jobId, "COMPLETED");
    }

    // --- health, metrics and the document

    @Test
    void isAliveAndReady() {
        when().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void describesItself() {
        given().accept("application/json").get("/q/openapi").then().statusCode(200)
                .body("paths.keySet()", hasItems("/api/content/images/{eventDraftId}/generate",
                        "/api/content/images/{eventDraftId}", "/api/content/images/jobs/{jobId}",
                        "/api/content/jobs/{jobId}/status", "/api/content/images/files/{file}"))
                .body("paths.'/api/content/images/{eventDraftId}/generate'.post.responses.keySet()",
                        hasItems("202", "400", "404", "500", "502", "503"))
                .body("paths.'/api/content/images/jobs/{jobId}'.get.responses.keySet()",
                        hasItems("200", "304", "404", "500", "503"))
                .body("components.schemas.keySet()", hasItems("Job", "JobAccepted", "Gallery", "Problem"))
                .body("components.schemas.keySet()", not(hasItem("Path")));
    }

    @Test
    void answersUnknownPathsAndMethodsAsProblems() {
        when().get("/api/content/nothing").then().statusCode(404).contentType("application/problem+json")
                .body("code", not(nullValue())).body("message", not(nullValue()));
        when().delete("/api/content/images/" + draft + "/generate").then().statusCode(405)
                .contentType("application/problem+json");
    }

}
