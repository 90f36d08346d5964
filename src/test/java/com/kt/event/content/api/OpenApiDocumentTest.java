package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.fail;

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
}
