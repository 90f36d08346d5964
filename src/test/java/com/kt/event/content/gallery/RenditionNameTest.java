package com.kt.event.content.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenditionNameTest {
    private static final String IMAGE = "a1b2c3d4-0000-4000-8000-00000000000f-simple";

    @Test
    void consistsOfTheImageTheChannelAndTheExtension() {
        RenditionName name = new RenditionName(IMAGE, "kakao-wide", "jpg");

        assertThat(name.fileName()).isEqualTo(IMAGE + ".kakao-wide.jpg");
        assertThat(RenditionName.of(name.fileName())).hasValue(name);
        assertThat(RenditionName.of(IMAGE + "-0a1b2c3d.kakao-wide.png"))
                .hasValue(new RenditionName(IMAGE + "-0a1b2c3d", "kakao-wide", "png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".mms.webp", ".mms.svg", ".Mms.jpg", ".-mms.jpg", ".mms-.jpg", ".m--s.jpg", "..jpg",
            ".mms.jpg.bak", ".mms", ".m/s.jpg", ".mms.jpg\n", "-1.mms.jpg", ".a.b.jpg"})
    void hasNoOtherForm(String end) {
        assertThat(RenditionName.of(IMAGE + end)).isEmpty();
    }

    @Test
    void mayBeMeantByAnotherForm() {
        assertThat(RenditionName.meantBy(IMAGE + ".mms.jpg")).hasValue(new RenditionName(IMAGE, "mms", "jpg"));
        assertThat(RenditionName.meantBy(IMAGE + ".Mms.webp")).hasValue(new RenditionName(IMAGE, "Mms", "webp"));
        assertThat(RenditionName.meantBy(IMAGE + ".a\n.b.")).hasValue(new RenditionName(IMAGE, "a\n.b", ""));
        assertThat(RenditionName.meantBy(IMAGE + ".jpg")).isEmpty();
        assertThat(RenditionName.meantBy("holiday.mms.jpg")).isEmpty();
    }

    @Test
    void belongsToAnImage() {
        assertThat(RenditionName.of("holiday.mms.jpg")).isEmpty();
        assertThat(RenditionName.of("x" + IMAGE + ".mms.jpg")).isEmpty();
        assertThat(ImageNames.isImage(IMAGE + ".mms.jpg")).isFalse();
    }
}
