package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.LogRecords;
import com.kt.event.content.StandIns;
import com.kt.event.content.api.problem.ProblemSigner;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Log lines that are about a request contain its id. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestIdLogTest extends WaitingSuite {
    @ConfigProperty(name = "quarkus.log.console.format")
    String format;

    private final LogRecords log = LogRecords.of(ProblemSigner.class);

    /** Lines about refusals have this level. Those about faults are suppressed after one of another test. */
    @BeforeEach
    void logRefusals() {
        log.level(Level.FINE);
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aLineAboutARequestNamesIt() {
        String job = UUID.randomUUID().toString();

        given().header("X-Request-Id", "shop-1").get("/api/content/images/jobs/" + job).then().statusCode(404);

        assertThat(log.lines(format)).singleElement().asString().contains("responding 404").contains(" shop-1");
    }

    /** Both wait for one read of the job, which an event starts that belongs to no request. */
    @Test
    void aLineAboutARequestThatHasWaitedNamesIt() {
        String job = waitingForTheProvider();
        CompletableFuture<Response> first = poll(job, "shop-1");
        CompletableFuture<Response> second = poll(job, "shop-2");
        await().until(() -> subscribers() == 1);

        redis.del("job:" + job);
        await().until(() -> {
            redis.publish(EVENTS, job);
            return first.isDone() && second.isDone();
        });

        Stream.of(first, second).forEach(response -> response.join().then().statusCode(404));
        assertThat(log.lines(format)).hasSize(2).allMatch(line -> line.contains("responding 404"))
                .anyMatch(line -> line.contains(" shop-1")).anyMatch(line -> line.contains(" shop-2"));
    }

    private static CompletableFuture<Response> poll(String job, String requestId) {
        return CompletableFuture.supplyAsync(
                () -> given().header("X-Request-Id", requestId).header("Prefer", "wait=20").get(JOBS + job));
    }

    @Test
    void anyOtherLineIsAsItWas() {
        Logger.getLogger(ProblemSigner.class.getName()).warning("nobody asked");

        assertThat(log.lines(format)).singleElement().asString().matches(
                "[\\d-]+ [\\d:,]+ WARN\\w* +\\[[\\w.]+ProblemSigner] \\(.+\\) nobody asked \\R");
    }
}
