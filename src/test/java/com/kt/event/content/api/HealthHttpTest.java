package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Health checks and metrics. */
@QuarkusTest
@WithTestResource(StandIns.class)
class HealthHttpTest extends HttpSuite {
    @Test
    void isAliveAndReady() {
        when().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void saysThatImagesCanBeKept() {
        when().get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'picture store' }.status", is("UP"));
        assertThat(when().get("/q/metrics").asString()).contains("content_store_writable 1.0",
                "content_pictures_unkept 0.0");
    }
}
