package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.kt.event.content.image.ImageSize;
import com.kt.event.content.provider.DialectCalls;
import com.kt.event.content.provider.ImageProvider;
import com.kt.event.content.provider.ImageRequest;
import com.kt.event.content.provider.ProviderConfig;

class SettingsTest {
    private static ProviderConfig config(String type, String model, String size, String quality) {
        return DialectCalls.provider(type, "http://localhost", "user:secret", model, size, quality, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2, 1080x1080, , size must be", "openai, gpt-image-2, auto, max, quality must be",
            "azure-openai, gpt-image-1.5, 1088x1088, , size must be", "azure-openai, '', auto, , model must be set",
            "gemini, gemini-3-pro-image, 1024x1024, , size must be", "gemini, '', auto, , model must be set",
            "gemini, gemini-3-pro-image, auto, high, quality must not be set",
            "gemini, gemini-9-image, auto, high, quality must not be set",
            "stability, core, auto, hd, quality must not be set",
            "stability, future, auto, hd, quality must not be set", "replicate, a/b, auto, 90, quality must not be set",
            "replicate, a/b:39ed52f2a78e, auto, 90, quality must not be set",
            "replicate, '', auto, , model must be set",
            "stability, core, 1024x1024, , size must be", "stability, '', auto, , model must be set"})
    void refusesWhatAKnownModelDoesNotTake(String type, String model, String size, String quality, String fault) {
        assertThat(dialect(type).faults(config(type, model, size, quality))).singleElement().asString()
                .startsWith(fault);
    }

    @ParameterizedTest
    @CsvSource({"openai, some-model, 17x17, ultra", "openai, gpt-image-2, auto, ", "azure-openai, posters, 17x17, hd",
            "gemini, gemini-9-image, 8K, ", "replicate, a/b, 640x480, ", "stability, core, 4:5, ",
            "stable-diffusion-webui, '', auto, ", "stable-diffusion-webui, x, auto, 30"})
    void takesTheRest(String type, String model, String size, String quality) {
        assertThat(dialect(type).faults(config(type, model, size, quality))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"azure-openai, gpt-image-2, webp, format must be as", "stability, sd3.5-large, webp, format must be as",
            "gemini, gemini-3-pro-image, png, format must not be set", "gemini, gemini-9, png, format must not be set",
            "stable-diffusion-webui, x, png, format must not be set"})
    void refusesAFormatThatAKnownModelDoesNotMake(String type, String model, String format, String fault) {
        ProviderConfig config = DialectCalls.provider(type, "http://localhost", model, Map.of("format", format));

        assertThat(dialect(type).faults(config)).singleElement().asString().startsWith(fault);
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2.6-flare, webp", "openai, some-model, webp", "azure-openai, gpt-image-2, jpeg",
            "azure-openai, posters, webp", "replicate, a/b, webp", "stability, core, webp"})
    void takesAFormat(String type, String model, String format) {
        ProviderConfig config = DialectCalls.provider(type, "http://localhost", model, Map.of("format", format));

        assertThat(dialect(type).faults(config)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openai, api-version", "gemini, mode", "azure-openai, text-model", "stable-diffusion-webui, mode",
            "replicate, api-version", "stability, mode"})
    void refusesTheOptionsOfOtherTypes(String type, String option) {
        ProviderConfig config = DialectCalls.provider(type, "http://localhost", "m", Map.of(option, "x"));

        assertThat(dialect(type).faults(config)).singleElement().asString().startsWith(option + " must not be set");
    }

    @Test
    void computesOnlyAnAutomaticSize() {
        ImageRequest request = new ImageRequest("", new ImageSize(1080, 1350));

        assertThat(Settings.size(config("openai", "gpt-image-2", "auto", null), request)).isEqualTo("1088x1360");
        assertThat(Settings.size(config("openai", "gpt-image-2", "1024x1024", null), request)).isEqualTo("1024x1024");
    }

    private static ImageProvider dialect(String type) {
        return switch (type) {
            case "openai" -> new OpenAi();
            case "azure-openai" -> new AzureOpenAi();
            case "gemini" -> new Gemini();
            case "replicate" -> new Replicate();
            case "stability" -> new Stability();
            default -> new StableDiffusionWebUi();
        };
    }
}
