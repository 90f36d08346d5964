package com.kt.event.content.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.kt.event.content.StandIns;
import com.kt.event.content.TwoProviders;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Two providers; what one of them refuses may be requested of the other one. */
@QuarkusTest
@WithTestResource(StandIns.class)
@WithTestResource(TwoProviders.class)
@TestProfile(ModerationFallbackHttpTest.Allowed.class)
class ModerationFallbackHttpTest extends HttpSuite {
    private static final ResponseDefinitionBuilder REFUSAL = aResponse().withStatus(400)
            .withBody("{\"error\": {\"code\": \"moderation_blocked\"}}");
    private static final Duration PAUSE = Duration.ofSeconds(2);

    TwoProviders.Second second;

    public static class Allowed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.providers.moderation-fallback", "true");
        }
    }

    @BeforeEach
    @AfterEach
    void begin() {
        second.stub().drawsEverything();
        redis.del("content:breaker:main", "content:breaker:second");
    }

    @Test
    void whatOneRefusesTheNextOneGenerates() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, REFUSAL);

        String job = completes();

        when().get("/api/content/images/jobs/" + job).then().body("progress", is(100))
                .body("styles.status", everyItem(is("COMPLETED")))
                .body("styles.find { it.style == 'fancy' }.provider", is("second"))
                .body("styles.find { it.style == 'fancy' }.model", is("m-second"))
                .body("styles.find { it.style == 'simple' }.provider", is("main"))
                .body("possiblyChargedTwice", is(false));
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
        assertThat(second.stub().calls()).isEqualTo(1);
    }

    @Test
    void whatAllRefuseIsRefused() {
        recommend(FLAT);
        imageApi.answersEverything(REFUSAL);
        second.stub().answersEverything(REFUSAL);

        String job = generate().then().statusCode(202).extract().path("jobId");

        ends(job, "FAILED");
        when().get("/api/content/images/jobs/" + job).then()
                .body("styles.error.code", everyItem(is("IMAGE_REJECTED")));
        assertThat(imageApi.calls()).isEqualTo(3);
        assertThat(second.stub().calls()).isEqualTo(3);
    }

    /** A refusal is no outage of the one that refused, and the outage of the other one is a pause. */
    @Test
    void whatOneRefusesWaitsForTheNextOne() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, REFUSAL);
        redis.psetex("content:breaker:second", PAUSE.plusMinutes(6).toMillis(), "{\"until\":"
                + (System.currentTimeMillis() + PAUSE.toMillis()) + ",\"length\":2000,\"why\":\"test\"}");

        String job = generate().then().statusCode(202).extract().path("jobId");
        await().until(() -> imageApi.calls() == 3);

        ends(job, "COMPLETED");
        when().get("/api/content/images/jobs/" + job).then()
                .body("styles.find { it.style == 'fancy' }.provider", is("second"));
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }

    @Test
    void whatOneRefusesIsNotRequestedOfItAgainWhileTheOtherOneIsBusy() {
        recommend(FLAT);
        imageApi.answers(Style.FANCY, REFUSAL);
        second.stub().answersEverything(aResponse().withStatus(503));
        String job = generate().then().statusCode(202).extract().path("jobId");
        await().until(() -> second.stub().calls() >= 2);

        second.stub().drawsAgain();

        ends(job, "COMPLETED");
        when().get("/api/content/images/jobs/" + job).then()
                .body("styles.find { it.style == 'fancy' }.provider", is("second"));
        assertThat(imageApi.calls(Style.FANCY)).isEqualTo(1);
    }
}
