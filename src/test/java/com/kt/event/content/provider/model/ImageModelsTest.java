package com.kt.event.content.provider.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageModelsTest {
    /** The wishes are the sizes of channels. */
    @ParameterizedTest
    @CsvSource({"1080, 1080, 1088x1088", "1080, 1350, 1088x1360", "1080, 1440, 1088x1440", "1080, 1920, 1088x1920",
            "800, 600, 1024x768", "720, 720, 1024x1024", "800, 400, 1152x576", "1280, 720, 1280x720",
            "1300, 885, 1312x896", "1024, 1024, 1024x1024", "348, 230, 1024x688", "1200, 380, 1408x480",
            "1, 1000, 480x1408", "3840, 2160, 3840x2160", "4096, 4096, 2880x2880", "10000, 1000, 3840x1280",
            "5760, 3240, 3840x2160"})
    void computesAFreeSize(int width, int height, String size) {
        assertThat(ImageModels.nearestSize("openai", "gpt-image-2.6-flare", width, height)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"1080, 1080, 1024x1024", "1080, 1350, 1024x1536", "1080, 1300, 1024x1024", "1080, 1920, 1024x1536",
            "800, 600, 1536x1024", "800, 400, 1536x1024", "1, 1, 1024x1024"})
    void choosesOneOfThreeSizesByTheRatio(int width, int height, String size) {
        assertThat(ImageModels.nearestSize("openai", "gpt-image-1.5-2025-12-16", width, height)).isEqualTo(size);
        assertThat(ImageModels.nearestSize("azure-openai", "our-pictures", width, height)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"1080, 1080, 1:1@1K", "1080, 1350, 4:5@1K", "1080, 1920, 9:16@1K", "2048, 2048, 1:1@2K",
            "800, 600, 4:3@1K", "800, 400, 16:9@1K", "400, 100, 4:1@1K", "3840, 2160, 16:9@2K", "4096, 4096, 1:1@4K"})
    void choosesARatioAndAResolution(int width, int height, String size) {
        assertThat(ImageModels.nearestSize("gemini", "gemini-nano-banana-2.1", width, height)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"gemini, gemini-3.1-flash-lite-image, 4096, 4096, 1:1@1K",
            "gemini, gemini-3.1-flash-image, 512, 512, 1:1@512",
            "gemini, gemini-5-image, 1080, 1350, 4:5@1K", "stability, core, 1080, 1350, 4:5",
            "stability, sd3.5-large, 1080, 1440, 4:5", "stability, future, 500, 1200, 9:21",
            "replicate, black-forest-labs/flux-1.1-pro, 1080, 1350, 4:5",
            "replicate, stability-ai/sdxl, 1080, 1350, 1080x1352", "replicate, owner/name:abc, 1081, 1, 1088x8",
            "replicate, 39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b, 800, 600, 800x600",
            "stable-diffusion-webui, juggernaut.safetensors, 1080, 1350, 1080x1352",
            "stable-diffusion-webui, juggernaut.safetensors, 4096, 2048, 2048x1024",
            "openai, some-gateway-model, 1081, 1351, 1088x1360", "openai, gpt-image-3, 1080, 1920, 1088x1920",
            "openai, dreamshaper, 1080, 1080, 1088x1088", "openai, dreamshaper, 1024, 768, 1024x768",
            "openai, dreamshaper, 1, 5, 16x16", "openai, openai/gpt-image-2, 1080, 1350, 1088x1360",
            "openai, GPT-Image-2, 1080, 1350, 1088x1360", "unknown-type, x, 3, 4, 3x4"})
    void knowsEachDialectsNotation(String type, String model, int width, int height, String size) {
        assertThat(ImageModels.nearestSize(type, model, width, height)).isEqualTo(size);
    }

    @Test
    void everyComputedSizeIsLegal() {
        for (String[] known : new String[][]{{"openai", "gpt-image-2"}, {"openai", "gpt-image-1-mini"},
                {"azure-openai", "gpt-image-2"}, {"gemini", "gemini-3-pro-image"}, {"stability", "ultra"}}) {
            for (int width = 1; width < 6_000; width += 37) {
                for (int height = 1; height < 6_000; height += 41) {
                    String size = ImageModels.nearestSize(known[0], known[1], width, height);
                    assertThat(ImageModels.faultOfSize(known[0], known[1], size)).isEmpty();
                }
            }
        }
    }

    /** Within the limits of the model nothing has to be enlarged, and less than a multiple is too much. */
    @Test
    void aFreeSizeCoversTheWish() {
        for (int width = 820; width < 2_400; width += 7) {
            for (int height = 820; height < 2_400; height += 11) {
                Ratio size = Ratio.of(ImageModels.nearestSize("openai", "gpt-image-2", width, height));
                assertThat(size.width()).isBetween(width, width + 15);
                assertThat(size.height()).isBetween(height, height + 15);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2, 1080x1350", "openai, gpt-image-2, 800x608", "openai, gpt-image-2, 3856x2160",
            "openai, gpt-image-2, 3840x1264", "openai, gpt-image-2, 3840x3840", "openai, gpt-image-2, 1024",
            "openai, gpt-image-2, 1024X1024", "openai, gpt-image-2, 9999999999x16", "openai, gpt-image-2, 0x0",
            "openai, gpt-image-1-mini, 1088x1360", "openai, acme/gpt-image-1, 1:1",
            "gemini, gemini-nano-banana-2.1, 512", "gemini, gemini-nano-banana-2.1, 1:1@1k",
            "gemini, gemini-nano-banana-2.1, 1024x1024", "gemini, gemini-3-pro-image, 1:8", "stability, core, 3:4",
            "stability, core, 1024x1024", "gemini, gemini-3-pro-image, 1:1@1K@2K"})
    void refusesASizeThatAKnownModelDoesNotTake(String type, String model, String size) {
        assertThat(ImageModels.faultOfSize(type, model, size)).get().asString()
                .startsWith("must be auto, or as " + model);
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2, auto", "openai, gpt-image-2, 1088x1360", "openai, gpt-image-1.5, 1024x1536",
            "openai, dreamshaper, 17x23", "azure-openai, our-pictures, 17x23", "gemini, gemini-9-image, 8K",
            "gemini, gemini-nano-banana-2.1, 1:8@4K", "gemini, gemini-nano-banana-2.1, 2K",
            "gemini, gemini-nano-banana-2.1, 4:5", "stability, sd3.5-large-turbo, 21:9", "replicate, a/b, 640x480",
            "stable-diffusion-webui, x, 513x511", "unknown-type, x, y"})
    void takesWhatAModelTakesAndWhatIsNotKnown(String type, String model, String size) {
        assertThat(ImageModels.faultOfSize(type, model, size)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2, max", "openai, gpt-image-1-mini, hd", "gemini, gemini-3-pro-image, high",
            "stability, core, high"})
    void refusesAQualityThatAKnownModelDoesNotHave(String type, String model, String quality) {
        assertThat(ImageModels.faultOfQuality(type, model, quality)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"openai, gpt-image-2.6-flare, max", "openai, gpt-image-2, auto", "openai, dall-e-9, hd",
            "azure-openai, our-pictures, hd", "stable-diffusion-webui, x, 30"})
    void takesAQuality(String type, String model, String quality) {
        assertThat(ImageModels.faultOfQuality(type, model, quality)).isEmpty();
    }

    @Test
    void checksTheFormat() {
        assertThat(ImageModels.faultOfFormat("openai", "gpt-image-2", "svg")).contains(
                "must be as gpt-image-2 takes it: one of png, jpeg, webp");
        assertThat(ImageModels.faultOfFormat("azure-openai", "gpt-image-2", "webp")).isPresent();
        assertThat(ImageModels.faultOfFormat("gemini", "gemini-3-pro-image", "png"))
                .contains("must not be set, because gemini-3-pro-image has no format");
        assertThat(ImageModels.faultOfFormat("openai", "gpt-image-2.6-flare", "svg")).isEmpty();
        assertThat(ImageModels.faultOfFormat("stability", "sd3.5-medium", "webp")).isPresent();
    }
}
