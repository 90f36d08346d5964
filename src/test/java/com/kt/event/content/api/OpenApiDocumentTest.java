package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** The document that clients are generated from is the one that the repository keeps, and that the service serves. */
@QuarkusTest
@WithTestResource(StandIns.class)
class OpenApiDocumentTest {
    /** The system property that updates the stored document. */
    private static final String UPDATE = "openapi.update";

    /** Generated from the annotations; what is served is checked below. */
    @ParameterizedTest
    @CsvSource({"yaml", "json"})
    @DisabledOnIntegrationTest("the build that ships does not generate it")
    void isStoredAsItIsGenerated(String format) throws IOException {
        String generated = when().get("/q/openapi-generated." + format).then().statusCode(200).extract().asString();
        if (isUpdate()) {
            Files.writeString(stored(format), generated);
        }
        if (!ApiContract.parse(generated).equals(ApiContract.parse(Files.readString(stored(format))))) {
            fail("the annotations describe another document than %s, which `./mvnw test -Dtest=OpenApiDocumentTest "
                    + "-D%s` brings up to date", stored(format), UPDATE);
        }
    }

    @ParameterizedTest
    @CsvSource({"yaml, /q/openapi, */*", "yaml, /q/openapi/, text/html", "yaml, /q/openapi?format=yaml, */*",
            "json, /q/openapi, application/json", "json, /q/openapi, 'text/html,application/json;q=0.1'",
            "json, /q/openapi?format=JSON, */*", "json, /q/openapi?format=json, application/yaml",
            "json, /q/openapi.json, application/yaml", "yaml, /q/openapi.yaml, application/json",
            "yaml, /q/openapi.yml, application/json"})
    void isServedAsItIsStored(String format, String path, String accept) throws IOException {
        assumeUpToDate();
        Response response = given().accept(accept).header("Origin", "https://shop.example").get(path);

        response.then().statusCode(200).header("Content-Type", is("application/" + format + ";charset=UTF-8"))
                .header("ETag", matchesPattern("\"[0-9a-f]{16}\"")).header("Vary", containsString("Accept"))
                .header("Access-Control-Allow-Origin", is("https://shop.example"));
        assertThat(response.asByteArray()).isEqualTo(Files.readAllBytes(stored(format)));
    }

    @Test
    void isNotSentAgainToAClientThatHasIt() {
        String yaml = when().get("/q/openapi").header("ETag");
        String json = when().get("/q/openapi.json").header("ETag");

        assertThat(json).isNotEqualTo(yaml);
        for (String known : List.of(yaml, "W/" + yaml, "\"x\", " + yaml, "*")) {
            given().header("If-None-Match", known).get("/q/openapi").then().statusCode(304)
                    .header("ETag", is(yaml)).body(emptyString());
        }
        given().header("If-None-Match", json).get("/q/openapi").then().statusCode(200);
        given().header("If-None-Match", "not a tag").get("/q/openapi").then().statusCode(200);
    }

    @Test
    void answersHeadAndOptions() {
        String tag = when().get("/q/openapi.json").header("ETag");

        when().head("/q/openapi.json").then().statusCode(200).header("ETag", is(tag))
                .header("Content-Type", is("application/json;charset=UTF-8")).body(emptyString());
        when().options("/q/openapi").then().header("Allow", is("GET, HEAD, OPTIONS"));
    }

    private static void assumeUpToDate() {
        assumeFalse(isUpdate(), "the build has copied the files before they were updated");
    }

    private static boolean isUpdate() {
        return System.getProperty(UPDATE) != null;
    }

    private static Path stored(String format) {
        return ApiContract.STORED.resolveSibling("openapi." + format);
    }

    @Test
    void describesItself() {
        assumeUpToDate();
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
