package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Renditions that are not made, and why. */
@QuarkusTest
@WithTestResource(StandIns.class)
class NoRenditionHttpTest extends RenditionSuite {
    /** No file has a name of 600 characters. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void areNotMadeForAnUnknownChannel(int times) {
        recommend(FLAT);
        String job = completes();
        String channel = "tiktok".repeat(times);

        when().get(rendition(job, Style.FANCY, channel)).then().statusCode(404).body("code", is("CONTENT_003"))
                .body("detail", is("no channel is named " + channel + "; the channels are "
                        + String.join(", ", CHANNELS)));
        when().head(rendition(job, Style.FANCY, "tiktok")).then().statusCode(404);
        when().get(rendition(job, Style.FANCY, "mms").replace(".jpg", ".png")).then().statusCode(404)
                .body("detail", is("the renditions for mms end in jpg; the channels are "
                        + String.join(", ", CHANNELS)));
    }

    /** No channel can have such a name, and no rendition such an end. */
    @ParameterizedTest
    @CsvSource({"Instagram.jpg,no channel is named Instagram", "kakao_wide.jpg,no channel is named kakao_wide",
            "instagram.webp,the renditions for instagram end in jpg",
            "instagram.JPG,the renditions for instagram end in jpg",
            "mms.extra.jpg,no channel is named mms.extra", ".jpg,no channel is named ''"})
    void areNotMadeForAChannelThatCannotBe(String end, String detail) {
        recommend(FLAT);
        String job = completes();
        String path = "/api/content/images/files/" + job + "-fancy." + end;
        String longName = rendition(job, Style.FANCY, "tiktok".repeat(100));

        when().get(path).then().statusCode(404).body("code", is("CONTENT_003"))
                .body("detail", startsWith(detail.replace("''", "")))
                .body("detail", endsWith("; the channels are " + String.join(", ", CHANNELS)));
        when().get(path.replace(job, UUID.randomUUID().toString())).then().statusCode(404)
                .body("detail", is("no image file has this name"));
        when().delete("/api/content/images/" + draft).then().statusCode(204);
        when().get(path).then().statusCode(410);
        when().get(longName).then().statusCode(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5f0c3f0e-6d5c-4d6a-9a52-0a2f6a1c9b11-simple.mms.jpg", "nobodys-simple.mms.jpg", "a.b.c.d.jpg",
                    "-simple.mms.jpg", "X-simple.MMS.jpg", "X-simple..jpg", "X-simple.mms.", "X-simple.mms.jpeg",
                    "X-simple.mms.jpg.png", "X-simple.-mms.jpg", "X-simple.%EA%B0%80.jpg", "X-simple.mms%00.jpg",
                    "X-simple.mms.jpg%20", "X-simple.%2e%2e%2fmms.jpg", "X-gaudy.mms.jpg"})
    void areNotMadeOfWhatIsNotThere(String file) {
        given().urlEncodingEnabled(false)
                .get("/api/content/images/files/" + file.replace("X", UUID.randomUUID().toString())).then()
                .statusCode(404).body("code", is("CONTENT_003"));
    }

    @Test
    void areNotMadeOfAnImageThatCannotBeDecoded() throws IOException {
        recommend(FLAT);
        String job = completes();
        Files.write(images.resolve(job + "-fancy.png"), new byte[1_000]);
        String path = rendition(job, Style.FANCY, "mms");

        for (int i = 0; i < 2; i++) {
            when().get(path).then().statusCode(422).body("code", is("CONTENT_012"))
                    .body("message", is("이 이미지는 해당 채널용으로 변환할 수 없습니다"))
                    .body("detail", matchesPattern("the image cannot be decoded: .+"));
        }
        when().head(path).then().statusCode(422);
        assertThat(filesOf(job)).noneMatch(file -> file.contains(".mms."));
    }

    @Test
    void areNotMadeOfAnSvg() throws IOException {
        String name = UUID.randomUUID() + "-simple";
        Files.writeString(images.resolve(name + ".svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");

        when().get("/api/content/images/files/" + name + ".mms.jpg").then().statusCode(422)
                .body("code", is("CONTENT_012"))
                .body("detail", is("an SVG has no renditions"));
    }

    /** The channel was switched off meanwhile: the link of a rendition works as long as that of its image. */
    @Test
    void areServedAsTheyAreStored() throws IOException {
        recommend(FLAT);
        String job = completes();
        String path = rendition(job, Style.FANCY, "gone-channel");
        Files.write(images.resolve(path.substring(path.lastIndexOf('/') + 1)), new byte[]{1, 2, 3});

        assertThat(when().get(path).then().statusCode(200).extract().asByteArray()).containsExactly(1, 2, 3);
    }
}
