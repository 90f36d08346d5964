package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import jakarta.interceptor.Interceptor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

class ProviderConfigTest {
    private static final Map<String, String> DEFAULT = Map.of("content.image-api.url", "https://default.example/v1",
            "content.image-api.key", "sk-default", "content.image-api.model", "m-default");

    /** The default provider alone, as before there were others. */
    @Test
    void takesTheDefaultFromTheImageApi() {
        assertThat(inOrder(Map.of())).singleElement().satisfies(only -> {
            assertThat(only.name()).isEqualTo(ProviderSettings.DEFAULT);
            assertThat(only.url()).isEqualTo(HttpAddress.of("https://default.example/v1"));
            assertThat(only.key()).hasValue("sk-default");
            assertThat(only.model()).isEqualTo("m-default");
        });
    }

    /** As it was before there were providers, and as their url is taken since. */
    @Test
    void addsNoVersionToTheAddressOfTheImageApiOnly() {
        Map<String, String> imageApi = Map.of("content.image-api.url", "https://a.example");

        assertThat(inOrder(imageApi)).singleElement()
                .satisfies(only -> assertThat(only.url("/v1")).isEqualTo(HttpAddress.of("https://a.example")));
        assertThat(inOrder(Map.of("content.providers.default.url", "https://b.example"))).singleElement()
                .satisfies(only -> assertThat(only.url("/v1")).isEqualTo(HttpAddress.of("https://b.example/v1")));
        assertThat(inOrder(Map.of("content.providers.main.type", "openai", "content.providers.main.url",
                "https://c.example"))).singleElement()
                .satisfies(only -> assertThat(only.url("/v1")).isEqualTo(HttpAddress.of("https://c.example/v1")));
    }

    /** Its key is nobody else's business. */
    @Test
    void givesNoProviderTheKeyOrTheAddressOfAnother() {
        List<ProviderConfig> inOrder = inOrder(Map.of("content.providers.a.type", "openai",
                "content.providers.b.type", "openai", "content.providers.b.key", "sk-b",
                "content.providers.order", "b,a,default"));

        assertThat(inOrder).extracting(ProviderConfig::name).containsExactly("b", "a", "default");
        assertThat(inOrder).extracting(config -> config.key().orElse("")).containsExactly("sk-b", "", "sk-default");
        assertThat(inOrder).extracting(config -> config.url().host())
                .containsExactly("usual.example", "usual.example", "default.example");
    }

    @Test
    void givesNoKeyToAnotherKindOfImageApi() {
        assertThat(inOrder(Map.of("content.providers.default.type", "gemini"))).singleElement().satisfies(only -> {
            assertThat(only.name()).isEqualTo(ProviderSettings.DEFAULT);
            assertThat(only.url().host()).isEqualTo("usual.example");
            assertThat(only.key()).isEmpty();
            assertThat(only.model()).isEmpty();
        });
    }

    /** Every image would be paid for and then refused. */
    @ParameterizedTest
    @CsvSource({"x, jpeg, png", "gpt-image-2, , 'jpeg,webp'", "default-is-png/gpt-image-1.5, , webp"})
    void refusesAFormatThatIsNotAccepted(String model, String format, String accepted) {
        Map<String, String> properties = new TreeMap<>(Map.of("content.image-api.formats", accepted,
                "content.providers.main.type", "openai", "content.providers.main.model", model));
        if (format != null) {
            properties.put("content.providers.main.format", format);
        }

        assertThatThrownBy(() -> inOrder(properties)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("content.providers.main.format must be set to a format that")
                .hasMessageContaining("content.image-api.formats");
    }

    @ParameterizedTest
    @CsvSource({"x, , jpeg", "gpt-image-2, jpeg, jpeg", "gpt-image-2, , 'webp,png'"})
    void takesAFormatThatIsAcceptedAndAnyOfAnUnknownModel(String model, String format, String accepted) {
        Map<String, String> properties = new TreeMap<>(Map.of("content.image-api.formats", accepted,
                "content.providers.main.type", "openai", "content.providers.main.model", model));
        if (format != null) {
            properties.put("content.providers.main.format", format);
        }

        assertThat(inOrder(properties)).singleElement()
                .satisfies(main -> assertThat(main.option("format")).isEqualTo(Optional.ofNullable(format)));
    }

    @ParameterizedTest
    @CsvSource({"content.image-api.size, default, content.image-api.size",
            "content.providers.default.size, default, content.providers.default.size",
            "content.providers.main.size, main, content.providers.main.size"})
    void namesTheSettingThatIsThere(String set, String name, String named) {
        Map<String, String> properties = Map.of(set, "9x9", "content.providers." + name + ".type", "openai");

        assertThatThrownBy(() -> inOrder(properties)).isInstanceOf(ConfigurationException.class)
                .hasMessage(named + " is wrong");
    }

    @Test
    void takesTypeAndFormatInAnyCase() {
        assertThat(inOrder(Map.of("content.providers.main.type", "OpenAI", "content.providers.main.format", "JPEG")))
                .singleElement().satisfies(main -> {
                    assertThat(main.type()).isEqualTo("openai");
                    assertThat(main.option("format")).hasValue("jpeg");
                });
    }

    /** Every word that the check before the start accepts. */
    @ParameterizedTest
    @CsvSource({"yes, true", "1, true", "ON, true", "off, false", "true, true"})
    void takesEachWordForYesAndNo(String word, boolean allowed) {
        ImageApiConfig imageApi = config(Map.of()).getConfigMapping(ImageApiConfig.class);

        assertThat(ImageRules.of(member -> Optional.of(word).filter(value -> member.startsWith("allow")), imageApi)
                .allowPrivateAddresses()).isEqualTo(allowed);
    }

    /** Its scheduled methods would log errors beside the one sentence. */
    @Test
    void stopsAStartBeforeTheSchedulerStarts() {
        assertThat(Stream.of(Providers.class, ClientSettings.class))
                .allMatch(
                        checked -> checked.getAnnotation(Startup.class).value() < Interceptor.Priority.PLATFORM_BEFORE);
    }

    @Test
    void neverShowsAKey() {
        assertThat(inOrder(Map.of()).toString()).doesNotContain("sk-");
    }

    private static List<ProviderConfig> inOrder(Map<String, String> properties) {
        SmallRyeConfig config = config(properties);
        ImageApiConfig imageApi = config.getConfigMapping(ImageApiConfig.class);
        return ProviderSettings.order(config).stream().map(name -> ProviderConfig.of(name,
                Map.of("openai", new NoImages(), "gemini", new NoImages()), config, imageApi,
                ImageRules.of(member -> Optional.empty(), imageApi)))
                .toList();
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "the test", 500),
                        new PropertiesConfigSource(DEFAULT, "defaults", 100))
                .withMapping(ImageApiConfig.class).withMapping(ProvidersConfig.class).build();
    }

    private static final class NoImages implements ImageProvider {
        @Override
        public String type() {
            return "openai";
        }

        @Override
        public Optional<String> defaultUrl() {
            return Optional.of("https://usual.example");
        }

        @Override
        public List<String> faults(ProviderConfig config) {
            return config.size().equals("9x9") ? List.of("size is wrong") : List.of();
        }

        @Override
        public Uni<ResponseImage> generate(ImageRequest request, ProviderCall call) {
            return Uni.createFrom().nothing();
        }
    }
}
