package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.channel.ShippedChannels;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.rendition.Images;
import com.kt.event.content.rendition.JpegFile;
import com.kt.event.content.rendition.RenditionSpec;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** What each shipped channel demands is read back from the bytes, for the image that is the hardest to compress: noise. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RenditionLimitsHttpTest extends RenditionSuite {
    static Set<String> channels() {
        return ShippedChannels.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void areKept(String channel) throws IOException {
        recommend(FLAT);
        String job = completes();
        Files.write(images.resolve(job + "-trendy.png"), Images.noise(1024, 1024));
        RenditionSpec spec = ShippedChannels.all().get(channel);

        Response response = when().get(rendition(job, Style.TRENDY, channel));

        response.then().statusCode(200).contentType(spec.format().mediaType());
        byte[] bytes = response.asByteArray();
        assertThat(bytes).hasSizeLessThanOrEqualTo((int) spec.maxBytes());
        JpegFile.of(bytes).assertAcceptedBy(spec);
        when().get("/api/content/images/" + draft).then()
                .body("images[2].renditions.'" + channel + "'.bytes", is(bytes.length))
                .body("images[2].renditions.'" + channel + "'.width", is(JpegFile.of(bytes).width()))
                .body("images[2].renditions.'" + channel + "'.height", is(JpegFile.of(bytes).height()))
                .body("images[2].renditions.'" + channel + "'.mediaType", is("image/jpeg"));
    }
}
