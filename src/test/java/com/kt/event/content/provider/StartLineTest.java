package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

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

    @Test
    void namesAnyOtherProvider() {
        ProviderConfig config = new ProviderConfig("main", "openai",
                HttpAddress.of("https://a.example/v1?api-key=s3cret"),
                Optional.of("sk-1234"), "m-3", "auto", Optional.empty(), Map.of(), false);

        assertThat(StartLine.of(config)).isEqualTo(
                "image API of main (openai): https://a.example:443/v1, model m-3, size auto, quality by default, with a key");
    }

    /** Those of content.providers.default. */
    @Test
    void saysWhatIsSetInPlaceOfADefault() {
        ImageApiConfig defaults = config(
                Map.of("content.image-api.url", "https://a.example/v1", "content.image-api.model", "m-1"));
        ProviderConfig plain = new ProviderConfig("default", "openai", HttpAddress.of("https://a.example/v1"),
                Optional.empty(), "m-1", "1024x1024", Optional.empty(), Map.of(), false);
        ProviderConfig other = new ProviderConfig("default", "openai", HttpAddress.of("https://a.example/v1"),
                Optional.of("sk-1234"), "m-2", "1024x1024", Optional.empty(), Map.of(), false);

        assertThat(StartLine.of(plain, defaults)).startsWith("image API: ").contains("model m-1", "without a key");
        assertThat(StartLine.of(other, defaults)).contains("model m-2", "with a key");
    }

    private static String line(Map<String, String> settings) {
        return StartLine.of(config(settings));
    }

    private static ImageApiConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(ImageApiConfig.class)
                .withSources(new PropertiesConfigSource(settings, "the test", 500)).build()
                .getConfigMapping(ImageApiConfig.class);
    }
}
