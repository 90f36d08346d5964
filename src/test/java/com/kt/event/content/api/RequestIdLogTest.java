package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;
import com.kt.event.content.StandIns;
import com.kt.event.content.api.problem.ProblemSigner;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Log lines that are about a request contain its id. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestIdLogTest extends HttpSuite {
    @ConfigProperty(name = "quarkus.log.console.format")
    String format;

    private final LogRecords log = LogRecords.of(ProblemSigner.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aLineAboutARequestNamesIt() {
        String job = UUID.randomUUID().toString();
        redis.set("job:" + job, "no hash");

        given().header("X-Request-Id", "shop-1").get("/api/content/images/jobs/" + job).then().statusCode(500);

        assertThat(log.lines(format)).singleElement().asString().contains("responding 500").contains(" shop-1");
        redis.del("job:" + job);
    }

    @Test
    void anyOtherLineIsAsItWas() {
        Logger.getLogger(ProblemSigner.class.getName()).warning("nobody asked");

        assertThat(log.lines(format)).singleElement().asString().matches(
                "[\\d-]+ [\\d:,]+ WARN\\w* +\\[[\\w.]+ProblemSigner] \\(.+\\) nobody asked \\R");
    }
}
