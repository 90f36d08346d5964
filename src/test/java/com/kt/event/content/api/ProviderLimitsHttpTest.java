package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.ImageApiStub;
import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** A provider whose minute is used up, and a second one that takes one call at a time. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(ProviderLimitsHttpTest.TwoProviders.class)
class ProviderLimitsHttpTest extends HttpSuite {
    private static final String SECOND = "content:calls:second";

    public static class TwoProviders implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.providers.order", "default,second",
                    "content.providers.default.images-per-minute", "1",
                    "content.providers.second.type", "openai",
                    "content.providers.second.url", "${content.image-api.url}",
                    "content.providers.second.model", "second-model",
                    "content.providers.second.max-concurrent", "1",
                    "content.providers.second.price-currency", "USD",
                    "content.providers.second.price-image", "0.04");
        }
    }

    @BeforeEach
    void useUpTheMinute() {
        redis.del(SECOND);
        redis.hset("content:calls:default", "second:" + redis.time().get(0), "1");
        recommend(FLAT);
    }

    @Test
    void callsThatFindNoRoomGoToTheNextProvider() {
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then()
                .body("styles.provider", everyItem(is("second"))).body("styles.model", everyItem(is("second-model")))
                .body("usage", is(List.of(Map.of("provider", "second", "model", "second-model", "pictures", 3, "cost",
                        Map.of("amount", 0.12f, "currency", "USD")))))
                .body(not(containsString("prompt")));
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void thePromptIsKeptForTheOperatorAlone() {
        completes();

        assertThat(redis.hget("content:image:" + draft, "fancy"))
                .contains(
                        "\"origin\":{\"provider\":\"second\",\"model\":\"second-model\",\"prompt\":\"Style: fancy\\n");
        when().get("/api/content/images/" + draft).then().body("images", hasSize(3))
                .body("images.provider", everyItem(is("second"))).body("images.model", everyItem(is("second-model")))
                .body(not(containsString("Style: fancy")));
    }

    @Test
    void anExistingImageSaysWhereItComesFromAndCostsNothing() {
        completes();
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then()
                .body("styles.provider", everyItem(is("second"))).body("$", not(hasKey("usage")));
    }

    @Test
    void waitingIsNoAttemptAndIsSeenInTheDetail() {
        imageApi.holdsBackEverything();
        String jobId = generate().path("jobId");
        await().until(() -> imageApi.calls() == 1);

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("detail", startsWith("먼저 시작한 이미지")));
        assertThat(redis.hgetAll("job:" + jobId)).containsEntry("callsOut", "1");
        imageApi.release();

        ends(jobId, "COMPLETED");
        assertThat(redis.hgetAll("job:" + jobId).entrySet()).filteredOn(field -> field.getValue().contains("imageUrl"))
                .hasSize(3).allSatisfy(field -> assertThat(field.getValue()).contains("\"attempts\":1"));
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    /** The minute of the first is used up, and the second one has asked not to be called. */
    @Test
    void waitingForALimitIsSeenInTheDetail() {
        redis.hset(SECOND, "pausedUntil", Long.toString(System.currentTimeMillis() + 3_000));
        redis.pexpire(SECOND, 60_000);
        String jobId = generate().path("jobId");

        await().untilAsserted(() -> when().get("/api/content/images/jobs/" + jobId).then()
                .body("detail", containsString("호출 한도에 맞춰")));
        assertThat(imageApi.calls()).isZero();

        ends(jobId, "COMPLETED");
        assertThat(redis.hgetAll("job:" + jobId).entrySet()).filteredOn(field -> field.getValue().contains("imageUrl"))
                .hasSize(3).allSatisfy(field -> assertThat(field.getValue()).contains("\"attempts\":1"));
    }

    @Test
    void sumsUpTheTokensThatTheProviderReports() {
        for (Style style : Style.values()) {
            imageApi.answers(style, aResponse().withBody(withUsage(ImageApiStub.image(ImageApiStub.png(style)))));
        }
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then().body("usage[0].inputTokens", is(171))
                .body("usage[0].outputTokens", is(5_502));
    }

    @Test
    void anImageThatCannotBeUsedIsPaidForAllTheSame() {
        imageApi.answers(Style.FANCY, aResponse().withBody(withUsage(ImageApiStub.image(new byte[]{1, 2, 3}))));
        String jobId = completes();

        when().get("/api/content/images/jobs/" + jobId).then().body("progress", is(100))
                .body("styles.find { it.style == 'fancy' }.error.code", is("IMAGE_INVALID"))
                .body("usage[0].pictures", is(3)).body("usage[0]", not(hasKey("inputTokens")));
    }

    private static String withUsage(String response) {
        return response.replaceFirst("\\{", "{\"usage\": {\"input_tokens\": 57, \"output_tokens\": 1834}, ");
    }

    @Test
    void learnsFromTheHeadersOfResponses() {
        imageApi.answers(Style.SIMPLE, aResponse().withHeader("x-ratelimit-limit-images", "5")
                .withHeader("x-ratelimit-remaining-images", "4").withHeader("x-ratelimit-reset-images", "12s")
                .withBody(ImageApiStub.image(ImageApiStub.png(Style.SIMPLE))));
        completes();

        await().untilAsserted(() -> assertThat(redis.hgetAll(SECOND)).containsEntry("limit", "5"));
        assertThat(redis.pttl(SECOND)).isPositive();
    }
}
