package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** POST …/generate, up to the calls of the image API. */
@QuarkusTest
@WithTestResource(StandIns.class)
class GenerateHttpTest extends HttpSuite {
    private static final String NESTED = """
            {"selectedRecommendation": {"title": "봄맞이 딸기 라떼 1+1", "description": "딸기 라떼 한 잔 더"},
             "event": {"targetAudience": "20대 직장인", "objective": "신메뉴 홍보", "storeId": 7}, "trend": null}""";

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
    void generatesFromAFlatString() {
        recommend(FLAT);
        completes();
        assertPromptsDescribeTheEvent();
    }

    @Test
    void generatesFromANestedString() {
        recommend(NESTED);
        completes();
        assertPromptsDescribeTheEvent();
    }

    @Test
    void generatesFromAFlatHash() {
        redis.hset("ai:event:" + draft, Map.of("eventTitle", "봄맞이 딸기 라떼 1+1", "eventDescription", "딸기 라떼 한 잔 더",
                "targetAudience", "20대 직장인", "eventObjective", "신메뉴 홍보", "additionalData", "{\"기간\": \"4월\"}"));
        completes();
        assertPromptsDescribeTheEvent();
    }

    @Test
    void generatesFromANestedHash() {
        redis.hset("ai:event:" + draft, Map.of(
                "selectedRecommendation", "{\"title\": \"봄맞이 딸기 라떼 1+1\", \"description\": \"딸기 라떼 한 잔 더\"}",
                "event", "{\"targetAudience\": \"20대 직장인\", \"objective\": \"신메뉴 홍보\"}"));
        completes();
        assertPromptsDescribeTheEvent();
    }

    private void assertPromptsDescribeTheEvent() {
        for (Style style : Style.values()) {
            String request = imageApi.requests(style).get(0).getBodyAsString();
            assertThat(JsonPath.from(request).getString("prompt"))
                    .contains("봄맞이 딸기 라떼 1+1", "딸기 라떼 한 잔 더", "20대 직장인", "신메뉴 홍보");
        }
    }

    @Test
    void callsTheImageApiOncePerStyleWithTheDocumentedFields() {
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
    void leavesNoEntryInTheQueueAndNoLease() {
        recommend(FLAT);
        String jobId = completes();

        assertThat(redis.hgetAll("job:" + jobId)).doesNotContainKeys("owner", "leaseUntil");
        await().untilAsserted(() -> assertThat(redis.xlen("content:jobs")).isZero());
    }
}
