package com.kt.event.content.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRoutesTest {
    @ParameterizedTest
    @CsvSource({"https://images.shop.example/events/, https://images.shop.example",
            "http://127.0.0.1:9000, http://127.0.0.1:9000", "https://[2001:db8::1]:9000/x, https://[2001:db8::1]:9000"})
    void allowsImagesOfTheBucketThatBrowsersRead(URI publicUrl, String origin) {
        assertThat(PageRoutes.contentSecurityPolicy(Optional.of(publicUrl)))
                .contains("img-src 'self' " + origin + "; connect-src 'self';");
    }

    @Test
    void allowsNoImagesFromElsewhereOtherwise() {
        assertThat(PageRoutes.contentSecurityPolicy(Optional.empty())).contains("img-src 'self';");
    }
}
