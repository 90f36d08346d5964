package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.rendition.Images;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** An operator adds channels, and switches one off. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(ConfiguredChannelsHttpTest.OwnChannels.class)
class ConfiguredChannelsHttpTest extends RenditionSuite {
    /** A PNG, one that no noise fits into, and one less. */
    public static final class OwnChannels implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.channels.sticker.width", "300", "content.channels.sticker.height", "200",
                    "content.channels.sticker.format", "png", "content.channels.tiny.width", "1200",
                    "content.channels.tiny.height", "1200", "content.channels.tiny.max-bytes", "10000",
                    "content.channels.naver-blog.enabled", "false");
        }
    }

    @Test
    void aPngEndsInPng() {
        recommend(FLAT);
        String job = completes();
        String jpg = rendition(job, Style.SIMPLE, "sticker");
        String png = jpg.replace(".jpg", ".png");

        when().get("/api/content/images/" + draft).then()
                .body("images[0].renditions.sticker.url", endsWith("-simple.sticker.png"))
                .body("images[0].renditions.sticker.mediaType", is("image/png"))
                .body("images[0].renditions", not(hasKey("naver-blog")));

        byte[] bytes = when().get(png).then().statusCode(200).contentType("image/png").extract().asByteArray();
        assertThat(bytes).startsWith(0x89, 'P', 'N', 'G');
        when().get(jpg).then().statusCode(404).body("code", is("CONTENT_003"))
                .body("detail", startsWith("the renditions for sticker end in png; the channels are instagram, "));
    }

    @Test
    void aChannelThatIsSwitchedOffIsUnknown() {
        recommend(FLAT);

        when().get(rendition(completes(), Style.SIMPLE, "naver-blog")).then().statusCode(404)
                .body("detail", endsWith("link-preview, mms, sticker, tiny"));
    }

    /** The others of the image are made. */
    @Test
    void anImageThatDoesNotFitIntoTheBytesIsAProblem() throws IOException {
        recommend(FLAT);
        String job = completes();
        Files.write(images.resolve(job + "-fancy.png"), Images.noise(1200, 1200));

        when().get(rendition(job, Style.FANCY, "tiny")).then().statusCode(422).body("code", is("CONTENT_012"))
                .body("detail", is("the image does not fit into 10000 bytes"));
        when().get(rendition(job, Style.FANCY, "mms")).then().statusCode(200);
        assertThat(filesOf(job)).noneMatch(file -> file.contains("-fancy.tiny."));
    }
}
