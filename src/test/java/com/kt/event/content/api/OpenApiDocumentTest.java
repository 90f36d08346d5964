package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.fail;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The document that clients are generated from is the one that the repository keeps. */
@QuarkusTest
@WithTestResource(StandIns.class)
class OpenApiDocumentTest {
    /** The system property that updates the stored document. */
    private static final String UPDATE = "openapi.update";

    @Test
    void isStoredAsItIsServed() throws IOException {
        String served = when().get("/q/openapi").then().statusCode(200).extract().asString();
        if (System.getProperty(UPDATE) != null) {
            Files.writeString(ApiContract.STORED, served);
        }
        if (!ApiContract.parse(served).equals(ApiContract.read())) {
            fail("the service serves another document than %s, which `./mvnw test -Dtest=OpenApiDocumentTest -D%s` brings "
                    + "up to date", ApiContract.STORED, UPDATE);
        }
    }

    @Test
    void describesItself() {
        given().accept("application/json").get("/q/openapi").then().statusCode(200)
                .body("paths.keySet()", hasItems("/api/content/images/{eventDraftId}/generate",
                        "/api/content/images/{eventDraftId}", "/api/content/images/jobs/{jobId}",
                        "/api/content/jobs/{jobId}/status", "/api/content/images/files/{file}"))
                .body("paths.'/api/content/images/{eventDraftId}/generate'.post.responses.keySet()",
                        hasItems("202", "400", "404", "500", "502", "503"))
                .body("paths.'/api/content/images/jobs/{jobId}'.get.responses.keySet()",
                        hasItems("200", "304", "404", "500", "503"))
                .body("components.schemas.keySet()", hasItems("Job", "JobAccepted", "Gallery", "Problem"))
                .body("components.schemas.keySet()", not(hasItem("Path")));
    }
}
