package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class StartLineTest {
    @Test
    void saysWhatIsAskedFor() {
        assertThat(line(Map.of("content.image-api.url", "https://api.example:8443/v1", "content.image-api.model", "m-3",
                "content.image-api.quality", "low", "content.image-api.key", "sk-1234")))
                .isEqualTo(
                        "image API: https://api.example:8443/v1, model m-3, size 1024x1024, quality low, with a key");
    }

    @Test
    void saysWhatIsAskedForWhereNothingElseIsSet() {
        assertThat(line(Map.of("content.image-api.url", "https://api.example/v1")))
                .matches("image API: https://api.example/v1, model \\S+, size 1024x1024, "
                        + "quality by default, without a key");
    }

    @Test
    void keepsSecretsToItself() {
        assertThat(line(Map.of("content.image-api.url", "https://user:pass@api.example/v1?api-key=s3cret#x",
                "content.image-api.key", "sk-1234"))).doesNotContain("user", "pass", "s3cret", "sk-1234");
    }

    private static String line(Map<String, String> settings) {
        return StartLine.of(new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImageApiConfig.class)
                .withSources(new PropertiesConfigSource(settings, "the test", 500)).build()
                .getConfigMapping(ImageApiConfig.class));
    }
}
