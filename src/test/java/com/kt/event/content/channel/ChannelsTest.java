package com.kt.event.content.channel;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.image.ImageFormat;
import com.kt.event.content.image.ImageSize;
import com.kt.event.content.rendition.RenditionSpec;
import com.kt.event.content.rendition.RenditionSpec.Background;
import com.kt.event.content.rendition.RenditionSpec.Fit;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;

/** The channels that are shipped, and those of an operator. */
class ChannelsTest {
    private static final RenditionSpec SMALL = new RenditionSpec(100, 50, false, ImageFormat.JPEG, 5_000_000,
            Fit.CONTAIN,
            Background.EDGE, 0, 0);

    /** From providers' documents and those of resellers; see configuration.md. */
    @ParameterizedTest
    @CsvSource({
            "instagram, 1080, 1350, false, 8000000, 0, 0",
            "instagram-square, 1080, 1080, false, 8000000, 0, 0",
            "instagram-story, 1080, 1920, false, 8000000, 250, 250",
            "kakao-message, 800, 400, false, 5000000, 0, 0",
            "kakao-wide, 800, 600, false, 5000000, 0, 0",
            "kakao-friendtalk, 720, 720, false, 500000, 0, 0",
            "mms, 1280, 720, true, 300000, 0, 0",
            "link-preview, 800, 400, false, 5000000, 0, 0",
            "naver-blog, 1300, 885, false, 5000000, 0, 0"})
    void areShippedWithTheirRules(String name, int width, int height, boolean isMaximum, long maxBytes, int safeTop,
            int safeBottom) {
        Channels channels = channels(Map.of());

        assertThat(channels.find(name)).hasValue(new RenditionSpec(width, height, isMaximum, ImageFormat.JPEG, maxBytes,
                Fit.CONTAIN, Background.EDGE, safeTop, safeBottom));
        assertThat(channels.names()).hasSize(9);
    }

    @Test
    void canBeAdded() {
        assertThat(
                channels(Map.of("content.channels.my-shop-2.width", "100", "content.channels.my-shop-2.height", "50"))
                        .find("my-shop-2"))
                .hasValue(SMALL);
    }

    @Test
    void canBeAddedInTheEnvironment() {
        Channels channels = channelsOf(
                Map.of("CONTENT_CHANNELS_SHOP_WIDTH", "100", "CONTENT_CHANNELS_SHOP_HEIGHT", "50",
                        "CONTENT_CHANNELS_SHOP_MAX_BYTES", "70000", "CONTENT_CHANNELS_KAKAO_WIDE_MAX_BYTES", "80000"));

        assertThat(channels.find("shop")).map(RenditionSpec::maxBytes).hasValue(70_000L);
        assertThat(channels.find("kakao-wide")).map(RenditionSpec::maxBytes).hasValue(80_000L);
        assertThat(channels.names()).hasSize(10);
    }

    @Test
    void canBeChanged() {
        RenditionSpec story = channels(Map.of("content.channels.instagram-story.fit", "cover",
                "content.channels.instagram-story.format", "png", "content.channels.instagram-story.background",
                "blur"))
                .find("instagram-story").orElseThrow();

        assertThat(story).isEqualTo(new RenditionSpec(1080, 1920, false, ImageFormat.PNG, 8_000_000, Fit.COVER,
                Background.BLUR, 250, 250));
    }

    @Test
    void canBeSwitchedOff() {
        Channels channels = channels(Map.of("content.channels.mms.enabled", "false"));

        assertThat(channels.find("mms")).isEmpty();
        assertThat(channels.names()).hasSize(8).doesNotContain("mms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"My", "a_b", "a--b", "-a", "가게", "a23456789012345678901234567890123456789-1"})
    void haveNamesThatFitIntoALink(String name) {
        String quoted = name.matches("[\\w-]+") ? name : '"' + name + '"';

        assertThatThrownBy(() -> channels(Map.of("content.channels." + quoted + ".width", "100",
                "content.channels." + quoted + ".height", "50")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("content.channels: the name of a channel")
                .hasMessageEndingWith("unlike " + name);
    }

    @Test
    void mustLeaveAPartThatIsNotCovered() {
        for (String bottom : List.of("20", "2147483647")) {
            assertThatThrownBy(() -> channels(Map.of("content.channels.kakao-friendtalk.safe-top", "700",
                    "content.channels.kakao-friendtalk.safe-bottom", bottom)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("content.channels.kakao-friendtalk.safe-top and"
                            + " content.channels.kakao-friendtalk.safe-bottom must be less than"
                            + " content.channels.kakao-friendtalk.height together");
        }
    }

    /** Nothing is beside the image, and nothing is cut off. */
    @Test
    void whoseSizeIsAMaximumHaveNeitherACoverNorABackgroundNorSafeAreas() {
        assertThatThrownBy(() -> channels(Map.of("content.channels.mms.fit", "cover")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("content.channels.mms.fit must be contain, because content.channels.mms.exact is false");
        assertThatThrownBy(() -> channels(Map.of("content.channels.mms.background", "blur")))
                .isInstanceOf(ConfigurationException.class).hasMessage(
                        "content.channels.mms.background must be edge, because content.channels.mms.exact is false");
        assertThatThrownBy(() -> channels(Map.of("content.channels.mms.safe-bottom", "1")))
                .isInstanceOf(ConfigurationException.class).hasMessageEndingWith("must be 0, because"
                        + " content.channels.mms.exact is false");
    }

    /** In a container of 64 MB the heap is 80 % of that. */
    @Test
    void mustFitIntoMemory() {
        long memory = 64 * 1024 * 1024 * 8 / 10;
        assertThat(ShippedChannels.with(properties(Map.of()), memory).names()).hasSize(9);
        Map<String, String> poster = Map.of("content.channels.poster.width", "4096",
                "content.channels.poster.height", "4096");

        assertThatThrownBy(() -> ShippedChannels.with(properties(poster), memory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("content.channels.poster.width and content.channels.poster.height are too large: a"
                        + " rendition of 4096 × 4096 pixels takes up to 268435456 bytes of memory, and there are "
                        + memory);
        assertThat(ShippedChannels.with(properties(poster), 268_435_456).names()).contains("poster");
        assertThatThrownBy(() -> ShippedChannels.with(properties(Map.of("content.channels.mms.format", "png",
                "content.channels.mms.width", "1920", "content.channels.mms.height", "1920")), memory))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("content.channels.mms.width");
    }

    @Test
    void theLargestOneIsAskedFor() {
        assertThat(channels(Map.of()).largest()).isEqualTo(new ImageSize(1080, 1920));
        assertThat(channels(Map.of("content.channels.instagram-story.enabled", "false")).largest())
                .isEqualTo(new ImageSize(1080, 1350));
        assertThat(channels(Map.of("content.channels.banner.width", "3000", "content.channels.banner.height", "1000"))
                .largest()).isEqualTo(new ImageSize(3000, 1000));
    }

    @Test
    void aSquareIsAskedForIfAllAreSwitchedOff() {
        Map<String, String> off = channels(Map.of()).names().stream()
                .collect(toMap(name -> "content.channels." + name + ".enabled", name -> "false"));

        assertThat(channels(off).largest()).isEqualTo(new ImageSize(1080, 1080));
    }

    private static Channels channels(Map<String, String> properties) {
        return ShippedChannels.with(properties(properties));
    }

    private static PropertiesConfigSource properties(Map<String, String> properties) {
        return new PropertiesConfigSource(properties, "the test", 500);
    }

    private static Channels channelsOf(Map<String, String> environment) {
        return ShippedChannels.with(new EnvConfigSource(new HashMap<>(environment), 300));
    }
}
