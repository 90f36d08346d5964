package com.kt.event.content.embedded;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.recommendation.Style;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

/** Dev mode on a machine that has only a JDK. */
@QuarkusTest
@TestProfile(DevModeTest.Dev.class)
public class DevModeTest {
    /** Long enough for a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** In parallel, because the stand-in takes seconds for each image. */
    @BeforeEach
    void requestAllSamples() {
        List.of("spring-latte", "burger-anniversary", "rainy-day")
                .forEach(draft -> given().post("/api/content/images/" + draft + "/generate").then().statusCode(202));
    }

    @ParameterizedTest
    @CsvSource({"spring-latte, 딸기", "burger-anniversary, 수제버거", "rainy-day, 파전"})
    void drawsThreePostersOfEachSample(String draft, String word) {
        String jobId = given().post("/api/content/images/" + draft + "/generate")
                .then().statusCode(202).extract().path("jobId");
        await().atMost(LIMIT).untilAsserted(
                () -> when().get("/api/content/images/jobs/" + jobId).then().body("status", is("COMPLETED")));

        JsonPath job = when().get("/api/content/images/jobs/" + jobId).jsonPath();
        Set<String> posters = new HashSet<>();
        for (Style style : Style.values()) {
            posters.add(when().get(job.getString("imageUrls." + style.key()))
                    .then().statusCode(200).contentType("image/svg+xml").extract().asString());
        }
        assertThat(posters).hasSize(3).allSatisfy(poster -> assertThat(poster).contains(word));
        List<String> labels = job.getList("styles.label");
        assertThat(labels).allSatisfy(label -> assertThat(posters).anyMatch(poster -> poster.contains(label)));
    }

    @Test
    void letsNoPosterRunScripts() {
        String jobId = given().post("/api/content/images/rainy-day/generate").then().statusCode(202)
                .extract().path("jobId");
        String poster = await().atMost(LIMIT).until(
                () -> when().get("/api/content/images/jobs/" + jobId).path("imageUrls.simple"), Objects::nonNull);

        assertThat(when().get(poster).header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    }

    public static class Dev implements QuarkusTestProfile {
        private static final String ADDRESS = "http://localhost:${quarkus.http.test-port}";

        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            // The words of an SVG can be read.
            return Map.of("content.image-api.url", ADDRESS + "/embedded/image-api/svg", "content.providers.second.url",
                    ADDRESS + "/embedded/image-api/second", "content.public-url", ADDRESS);
        }
    }
}
