package com.kt.event.content.embedded;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;

/** What the page of dev mode asks of the stand-ins. */
@QuarkusTest
@TestProfile(DevModeTest.Dev.class)
class StandInRoutesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Map<String, String> TYPED = Map.of("title", "가을 신메뉴", "text", "밤 라떼", "audience", "모두");
    private static final Map<String, String> REFUSED = Map.of("title", "거절될 이벤트");

    @AfterEach
    void calm() {
        setMood("normal", 200);
    }

    @Test
    void listsTheSamplesInOneForm() {
        when().get(TypedRecommendations.PATH).then().statusCode(200)
                .body("eventDraftId", hasItems("spring-latte", "burger-anniversary", "rainy-day"))
                .body("title", hasItems("봄맞이 딸기 라떼 1+1", "우리동네 수제버거 오픈 3주년 감사제"))
                .body("find { it.eventDraftId == 'rainy-day' }.audience", is(""));
    }

    @Test
    void aTypedRecommendationCanBeUsed() {
        String poster = await().atMost(LIMIT).until(imageOf(generate(type(TYPED))), Objects::nonNull);

        assertThat(when().get(poster).then().statusCode(200).extract().asString()).contains("가을 신메뉴", "밤 라떼");
    }

    @Test
    void theSameTextsAreTheSameDraft() {
        String draft = type(TYPED);

        assertThat(type(TYPED)).isEqualTo(draft);
        assertThat(type(REFUSED)).isNotEqualTo(draft);
        when().get(TypedRecommendations.PATH + "/" + draft).then().statusCode(200).body("$", is(TYPED));
        when().get(TypedRecommendations.PATH + "/typed-by-nobody").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":\" \"}", "{\"title\":null}", "{\"title\":5}", "[]", "{", ""})
    void aRecommendationWithoutATitleIsRefused(String body) {
        given().contentType("application/json").body(body).post(TypedRecommendations.PATH).then().statusCode(400);
    }

    @Test
    void aMoodRefuses() {
        setMood("refuses", 200);
        String jobId = generate(type(REFUSED));

        await().atMost(LIMIT).untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("status", is("FAILED")).body("styles.error.code", everyItem(is("IMAGE_REJECTED"))));
    }

    @Test
    void aMoodTellsWhenToComeAgain() {
        setMood("rate-limited", 200);
        draw(EmbeddedImageApi.PATH).then().statusCode(200);

        draw(EmbeddedImageApi.PATH).then().statusCode(429).header("Retry-After", Integer::parseInt,
                lessThanOrEqualTo(10));
    }

    @Test
    void aMoodIsDown() {
        setMood("down", 200);

        draw(EmbeddedImageApi.PATH).then().statusCode(503);
    }

    @Test
    void aMoodOfOneProviderIsNotThatOfTheOther() {
        given().contentType("application/json").body(Map.of("mood", "down", "provider", "default"))
                .post(MoodRoutes.PATH).then().statusCode(200)
                .body("providers", is(Map.of("default", "down", "second", "normal")));

        draw(EmbeddedImageApi.PATH).then().statusCode(503);
        draw(EmbeddedImageApi.SECOND_PATH).then().statusCode(200).body("model", is("poster-2"));
        given().contentType("application/json").body(Map.of("mood", "down", "provider", "third"))
                .post(MoodRoutes.PATH).then().statusCode(400);
    }

    @Test
    void theSecondProviderGeneratesWhileTheFirstIsDown() {
        given().contentType("application/json").body(Map.of("mood", "down", "provider", "default"))
                .post(MoodRoutes.PATH).then().statusCode(200);
        String jobId = generate(type(Map.of("title", "장애 중에도")));

        await().atMost(LIMIT).untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("status", is("COMPLETED")).body("styles.provider", everyItem(is("second")))
                .body("styles.model", everyItem(is("poster-2"))).body("usage[0].pictures", is(3))
                .body("usage[0].inputTokens", is(171)));
    }

    @Test
    void listsTheMoodsAndRefusesAnother() {
        setMood("grumpy", 400);
        given().contentType("application/json").body("{").post(MoodRoutes.PATH).then().statusCode(400);

        when().get(MoodRoutes.PATH).then().body("mood", is("normal")).body("moods", hasItem("slow"));
    }

    @Test
    void drawsPixelsWhereThisMachineHasTheFonts() {
        byte[] image = Base64.getDecoder().decode(draw(EmbeddedImageApi.PATH).then().statusCode(200)
                .extract().<String>path("data[0].b64_json"));

        boolean hasFonts = PosterPainter.png(new Poster("simple", "봄", ""), 1024, 1024).isPresent();
        assertThat(new String(image, 0, 4, StandardCharsets.ISO_8859_1))
                .isEqualTo(hasFonts ? "\u0089PNG" : "<svg");
    }

    @Test
    void drawsTheSizeThatIsAskedFor() {
        assertThat(svg("768x1376")).contains("width=\"768\" height=\"1376\"");
        assertThat(svg("auto")).contains("width=\"1024\" height=\"1024\"");
        assertThat(svg("9999x1")).contains("width=\"3840\" height=\"16\"");
    }

    private static String svg(String size) {
        byte[] image = Base64.getDecoder().decode(draw(EmbeddedImageApi.SVG_PATH, size).then().statusCode(200)
                .extract().<String>path("data[0].b64_json"));
        return new String(image, StandardCharsets.UTF_8);
    }

    private static Response draw(String path) {
        return draw(path, "1024x1024");
    }

    private static Response draw(String path, String size) {
        return given().contentType("application/json")
                .body(Map.of("prompt", "Style: simple\nHeadline: \"봄\"\n", "size", size)).post(path);
    }

    private static void setMood(String mood, int status) {
        given().contentType("application/json").body(Map.of("mood", mood)).post(MoodRoutes.PATH)
                .then().statusCode(status);
    }

    private static String type(Map<String, String> texts) {
        return given().contentType("application/json").body(texts).post(TypedRecommendations.PATH)
                .then().statusCode(201).extract().path("eventDraftId");
    }

    private static String generate(String draft) {
        return given().post("/api/content/images/" + draft + "/generate").then().statusCode(202)
                .extract().path("jobId");
    }

    private static Callable<String> imageOf(String jobId) {
        return () -> when().get("/api/content/images/jobs/" + jobId).path("imageUrls.simple");
    }
}
