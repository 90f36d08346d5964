package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final String FAMILY = "👨\u200D👩\u200D👧";
    private static final String ENGLAND = "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n\u000B\f", "\u00A0", "\u1680", "\u180E", "\u2000\u200A\u202F\u205F\u3000",
            "\u0085\u2028\u2029", "\u3164", "\uFFA0", "\u115F\u1160", "\u2800", "\u200B", "\u200C\u200D",
            "\u2060\u2063",
            "\u00AD", "\uFEFF", "\u034F", "\u061C", "\u200E\u200F", "\u202A\u202E", "\u2066\u2069", "\u17B4\u17B5",
            "\u180B\u180F", "\uFE00\uFE0F", "\uDB40\uDD00", "\uDB40\uDC41\uDB40\uDC7F", "\uFFF9\uFFFB",
            "\u0000\u0007\u001B\u007F",
            "\u0080\u009F", "\uD83C", "\uDF38", "\uE000", "\u0301\u20DD", "\uD834\uDD59", "\uFFFF", "\u3164 \u200B\n"})
    void isInvisible(String text) {
        assertThat(Texts.isVisible(text)).isFalse();
        assertThat(Texts.isVisible(Texts.clean(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"봄", "1", ".", "☕", "ㅋ", "ᄀ", "é", "e\u0301", FAMILY, ENGLAND, "❤\uFE0F", "\u200B봄\u200B", "กำ",
                    "🫩"})
    void isVisible(String text) {
        assertThat(Texts.isVisible(text)).isTrue();
    }

    @Test
    void isComposed() {
        String title = "봄맞이 커피 à la carte";

        assertThat(Texts.clean(Normalizer.normalize(title, Normalizer.Form.NFD))).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({
            "봄\u200B맞이, 봄맞이", "\uFEFF봄, 봄", "봄\u00AD맞이, 봄맞이", "\u202E봄\u202C, 봄", "봄\u3164여름, 봄 여름",
            "\u3164봄\uFFA0, 봄", "봄\u2060맞이, 봄맞이", "봄\uD83C, 봄", "\uDF38봄, 봄", "🌸\uD83C봄, 🌸봄",
            "봄\uDB40\uDC41\uDB40\uDC42, 봄", "\u00A0봄\u00A0, 봄", "\u0000봄\u0000, 봄"})
    void dropsInvisibleCharacters(String text, String seen) {
        assertThat(Texts.clean(text)).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {FAMILY, ENGLAND, "❤\uFE0F", "👍🏽", "🇰🇷", "1\uFE0F\u20E3", "봄\n여름", "봄 여름", "क्\u200Dष",
                    "<b>&amp;\"'\\"})
    void keepsVisibleCharacters(String text) {
        assertThat(Texts.clean("a" + text + "b")).isEqualTo("a" + text + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {FAMILY, "🇰🇷", "👍🏽", "❤\uFE0F", "가\u11A8\u0301", "🌸"})
    void isNotCutWithinALetter(String letter) {
        assertThat(Texts.cut("ab" + letter, letter.length() + 1)).isEqualTo("ab");
        assertThat(Texts.cut("ab" + letter, letter.length() + 2)).isEqualTo("ab" + letter);
    }

    @Test
    void isCutWithinALetterThatHasNoEnd() {
        assertThat(Texts.cut("e" + "\u0301".repeat(50), 10)).hasSize(10);
        assertThat(Texts.cut("🌸" + "\u0301".repeat(50), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"커피\uFFFD", "\uFFFD\uFFFD", "ë´\u0084ë§\u009Eì\u009D´", "ë´„", "ë´„ë§žì\u009D´ ì»¤í”¼",
            "봄 ì\u0097¬ë¦\u0084", "êµì\u0088\u0098 í\u0095 ì\u009D¸", "Ã«Â´Â\u0084Ã«", "º½¸ÂÀÌ Ä¿ÇÇ",
            "â\u0098\u0095 1+1",
            "ð\u009F\u008C¸"})
    void isDamaged(String text) {
        assertThat(Texts.isDamaged(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"봄맞이 커피", "Café", "봄\u0084", "Ã©", "a\u0085b", "Café\u0085b", "25°C~±3°", "lunedì” o martedì…",
                    "½ ¼", "«Café» – Crème brûlée", "ÀÉ", "Ελληνικά", "日本"})
    void isNotDamaged(String text) {
        assertThat(Texts.isDamaged(text)).isFalse();
    }
}
