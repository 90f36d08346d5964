package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavedNameTest {
    @ParameterizedTest
    @CsvSource({
            "2b949b23-48bd-4281-97b3-8a9a33bf575e-simple.png, event-simple-2026-11-26.png, 이벤트-심플-2026-11-26.png",
            "2b949b23-48bd-4281-97b3-8a9a33bf575e-trendy-7f.webp, event-trendy-2026-11-26.webp, 이벤트-트렌디-2026-11-26.webp",
            "2b949b23-48bd-4281-97b3-8a9a33bf575e-fancy.very-simple.jpg, event-fancy-very-simple-2026-11-26.jpg,"
                    + " 이벤트-화려한-very-simple-2026-11-26.jpg",
            "other.jpg, event-2026-11-26.jpg, 이벤트-2026-11-26.jpg"})
    void saysWhatTheImageIsAndWhenItWasMade(String file, String ascii, String korean) {
        assertThat(name(file, "2026-11-26T09:22:09Z")).isEqualTo(new SavedName(ascii, korean));
    }

    @Test
    void takesTheDayInKorea() {
        assertThat(name("a.png", "2026-11-26T14:59:59Z").ascii()).isEqualTo("event-2026-11-26.png");
        assertThat(name("a.png", "2026-11-26T15:00:00Z").ascii()).isEqualTo("event-2026-11-27.png");
    }

    @Test
    void consistsOfAsciiOnly() {
        assertThat(name("b-fancy.jpg", "2026-11-26T09:22:09Z").inline()).isEqualTo("inline; "
                + "filename=\"event-fancy-2026-11-26.jpg\"; "
                + "filename*=UTF-8''%EC%9D%B4%EB%B2%A4%ED%8A%B8-%ED%99%94%EB%A0%A4%ED%95%9C-2026-11-26.jpg");
    }

    private static SavedName name(String file, String stored) {
        return SavedName.of(new StoredImage(file, 7, Instant.parse(stored), null));
    }
}
