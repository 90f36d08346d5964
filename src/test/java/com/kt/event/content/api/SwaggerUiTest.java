package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Swagger UI, present in dev mode and in tests, uses relative paths only. */
@QuarkusTest
@WithTestResource(StandIns.class)
class SwaggerUiTest {
    @Test
    void staysBelowAGatewaysPrefix() {
        given().redirects().follow(false).get("/q/swagger-ui").then().statusCode(302)
                .header("Location", is("swagger-ui/"));
        when().get("/q/swagger-ui/").then().statusCode(200).body(containsString("url: '../openapi'"))
                .body(containsString("src=\"swagger-ui-bundle.js\""));
    }
}
