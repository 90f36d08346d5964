package com.kt.event.content.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownSettingsTest {
    @ParameterizedTest
    @CsvSource({
            "CONTENT_WORKER_LEAS, CONTENT_WORKER_LEASE",
            "CONTENT_WROKER_ENABLED, CONTENT_WORKER_ENABLED",
            "CONTENT_IMAGEAPI_KEY, CONTENT_IMAGE_API_KEY",
            "CONTENT_PUBLIC_URI, CONTENT_PUBLIC_URL",
            "CONTENT_STYLES_FANCI_PROMPT, CONTENT_STYLES_FANCY_PROMPT"})
    void namesTheSettingThatWasMeant(String typo, String meant) {
        assertThat(UnknownSettings.warnings(List.of(typo))).singleElement().asString()
                .startsWith(typo + " ").endsWith("did you mean " + meant + "?");
    }

    @Test
    void suggestsNothingIfNoNameIsSimilar() {
        assertThat(UnknownSettings.warnings(List.of("CONTENT_SECURITY_POLICY"))).singleElement().asString()
                .startsWith("CONTENT_SECURITY_POLICY ").doesNotContain("did you mean");
    }

    @Test
    void warnsOfAnUnknownSettingOfAChannel() {
        assertThat(UnknownSettings.warnings(List.of("CONTENT_CHANNELS_MMS_WIDHT", "CONTENT_CHANNELS_WIDTH")))
                .hasSize(2);
    }

    @Test
    void acceptsKnownSettingsAndIgnoresForeignOnes() {
        assertThat(UnknownSettings.warnings(List.of("CONTENT_WORKER_LEASE", "CONTENT_STYLES_TRENDY_PROMPT", "PATH",
                "CONTENT_CHANNELS_KAKAO_WIDE_MAX_BYTES", "CONTENT_CHANNELS_SHOP_WIDTH",
                "MY_CONTENT_WORKER", "CONTENT_MEMORY", "CONTENT_IMAGE", "CONTENT_SERVICE_SERVICE_HOST",
                "CONTENT_SERVICE_SERVICE_PORT_HTTP", "CONTENT_SERVICE_PORT", "CONTENT_SERVICE_PORT_8080_TCP_ADDR",
                "CONTENT_PORT"))).isEmpty();
    }
}
