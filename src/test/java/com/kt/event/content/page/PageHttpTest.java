package com.kt.event.content.page;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.embedded.DevModeTest;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The page as it is served; src/test/page drives it in a browser. */
@QuarkusTest
@TestProfile(DevModeTest.Dev.class)
class PageHttpTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"(page/[^\"]+)\"|from '\\./([^']+)'");

    @Test
    void allowsNothingInlineAndNothingFromElsewhere() {
        when().get("/").then().statusCode(200).contentType(startsWith("text/html"))
                .header("Content-Security-Policy",
                        startsWith("default-src 'none'; script-src 'self'; style-src 'self'"))
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Cache-Control", is("no-cache"))
                .body(containsString("data-stand-ins=\"true\""));
        assertThat(text("/")).doesNotContain("//", "style=", "onclick", "<script>");
    }

    @Test
    void hasEveryFileThatItRefersTo() {
        for (String file : references(text("/"))) {
            for (String module : references(text("/" + file))) {
                when().get("/page/" + module).then().statusCode(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"main.js, text/javascript", "page.css, text/css", "icon.svg, image/svg+xml"})
    void servesItsFiles(String file, String mediaType) {
        when().get("/page/" + file).then().statusCode(200).contentType(startsWith(mediaType));
        when().head("/page/" + file).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/none.js", "/page/", "/page/..%2Fapplication.properties", "/page/main.class",
            "/page/main.js/more"})
    void servesNothingElse(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(404).body("code", is("CONTENT_004"));
    }

    private static String text(String path) {
        return when().get(path).then().statusCode(200).extract().asString();
    }

    private static List<String> references(String text) {
        return REFERENCE.matcher(text).results().map(PageHttpTest::file).toList();
    }

    private static String file(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }
}
