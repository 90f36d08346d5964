package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** More renditions are requested at once than may wait. */
@QuarkusTest
@WithTestResource(StandIns.class)
@TestProfile(FullRenditionPoolHttpTest.LittleRoom.class)
class FullRenditionPoolHttpTest extends RenditionSuite {
    /** One rendition may wait for each that is being made. */
    public static final class LittleRoom implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("content.renditions.max-waiting", "1");
        }
    }

    @Test
    void refusesWhatIsTooMuchAndMakesItLater() {
        recommend(FLAT);
        String job = completes();
        List<String> paths = new ArrayList<>();
        for (Style style : Style.values()) {
            CHANNELS.forEach(channel -> paths.add(rendition(job, style, channel)));
        }

        List<CompletableFuture<HttpResponse<byte[]>>> all = paths.stream().map(RenditionSuite::request).toList();

        assertThat(all).allSatisfy(response -> assertThat(response.join().statusCode()).isIn(200, 503));
        assertThat(all).anySatisfy(response -> assertRefused(response.join()))
                .anySatisfy(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        paths.forEach(path -> when().get(path).then().statusCode(200));
    }

    private static void assertRefused(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"code\":\"CONTENT_007\"",
                "too many renditions are being made");
    }
}
