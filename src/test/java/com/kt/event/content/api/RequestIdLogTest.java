package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private final Logger logger = Logger.getLogger(ProblemSigner.class.getName());
    private final LogRecords log = LogRecords.of(ProblemSigner.class);

    /** Lines about refusals have this level. Those about faults are suppressed after one of another test. */
    @BeforeEach
    void logRefusals() {
        logger.setLevel(Level.FINE);
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        log.close();
    }

    @Test
    void aLineAboutARequestNamesIt() {
        String job = UUID.randomUUID().toString();

        given().header("X-Request-Id", "shop-1").get("/api/content/images/jobs/" + job).then().statusCode(404);

        assertThat(log.lines(format)).singleElement().asString().contains("responding 404").contains(" shop-1");
    }

    @Test
    void anyOtherLineIsAsItWas() {
        logger.warning("nobody asked");

        assertThat(log.lines(format)).singleElement().asString().matches(
                "[\\d-]+ [\\d:,]+ WARN\\w* +\\[[\\w.]+ProblemSigner] \\(.+\\) nobody asked \\R");
    }
}
