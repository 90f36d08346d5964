package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.WaitingTest;

/** Values that are refused, that count as no selection, or that are too large. */
@WaitingTest
class UnreadableRecommendationTest extends ReaderSuite {
    @ParameterizedTest
    @ValueSource(strings = {
            "{\"selectedRecommendation\": null, \"event\": {\"eventTitle\": \"봄\"}}",
            "{\"event\": {\"eventTitle\": \"봄\"}}",
            "{\"selectedRecommendation\": {}, \"event\": {\"eventTitle\": \"봄\"}}",
            "{\"selectedRecommendation\": \"\", \"event\": {\"eventTitle\": \"봄\"}}",
            "{\"selectedRecommendation\": null}"})
    void findsNothingWhereNothingIsSelected(String value) {
        assertThat(reader.read(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", " \n\t ", "null", " null ", "{\"status\": \"추천 중\"}"})
    void findsNothingWhereNothingIsWritten(String value) {
        assertThat(reader.read(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"eventTitle\": \"비밀 할인\"}]", "42", "true", "\"비밀 할인\""})
    void refusesWhatIsNotAnObject(String value) {
        assertUnreadable(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"비밀 할인", "{", "{\"eventTitle\": \"비밀 할인\"", "{\"eventTitle\": 비밀 할인}", "{eventTitle}",
            "<비밀>할인</비밀>"})
    void refusesBrokenJson(String value) {
        assertUnreadable(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"eventDescription\": \"비밀 할인\"}",
            "{\"eventTitle\": null, \"targetAudience\": \"비밀 할인\"}",
            "{\"selectedRecommendation\": {\"eventDescription\": \"비밀 할인\"}}",
            "{\"selectedRecommendation\": {\"eventTitle\": \"  \"}, \"event\": {\"eventDescription\": \"비밀 할인\"}}"})
    void refusesARecommendationWithoutATitle(String value) {
        assertUnreadable(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"eventTitle\": {\"ko\": \"비밀 할인\"}}",
            "{\"selectedRecommendation\": {\"eventTitle\": {\"ko\": \"비밀 할인\"}}, \"event\": {\"title\": \"봄\"}}"})
    void refusesATitleThatIsAnObject(String value) {
        assertUnreadable(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"selectedRecommendation\": \"비밀 할인\"}",
            "{\"selectedRecommendation\": 3, \"event\": {\"eventTitle\": \"비밀 할인\"}}",
            "{\"selectedRecommendation\": [{\"eventTitle\": \"비밀 할인\"}]}"})
    void refusesASelectedRecommendationThatIsNoObject(String value) {
        assertUnreadable(value);
    }

    @Test
    void refusesWhatFollowsTheJson() {
        assertUnreadable("{\"eventTitle\": \"봄\"} 비밀");
    }

    @Test
    void boundsTheAdditionalDataOfBothHalvesTogether() {
        String half = IntStream.range(0, 40).mapToObj(i -> "\"%%s%d\": \"%d\"".formatted(i, i))
                .collect(Collectors.joining(", ", "{\"title\": \"봄\", \"additionalData\": {", "}}"));

        assertThat(reader.read("{\"selectedRecommendation\": " + half.replace("%s", "a") + ", \"event\": "
                + half.replace("%s", "b") + "}"))
                .hasValueSatisfying(it -> assertThat(it.additionalData()).hasSize(32));
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        assertUnreadable("{\"a\":".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.Target@1b2c3d", "[Ljava.lang.String;@7f", "[java.util.ArrayList, [20대]]",
            "{@class=com.example.Target, name=x}", "[com.example.Target@1b2c3d]", "{a=com.example.Target@1b2c3d}",
            "20대, com.example.Target@1b2c3d", "com.example.Target@1b2c3d[name=20대]", "com.example.Target(name=20대)",
            "com.example.Target [name=20대]", "com.example.Target{name='20대'}", "class com.example.Target",
            "com.example.Target$$Lambda$14/0x0001@7f", "[[I@1b2c3d, [I@1b2c3e]"})
    void refusesWhatObjectsSayOfThemselves(String text) {
        assertUnreadable("{\"eventTitle\": \"봄\", \"targetAudience\": \"" + text + "\"}");
        assertThatThrownBy(() -> reader.read(Map.of("eventTitle", "봄", "targetAudience", text)))
                .isInstanceOf(UnreadableRecommendationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"// x\n{\"eventTitle\": \"봄\"}", "{'eventTitle': '봄'}", "{eventTitle: \"봄\"}",
            "{\"eventTitle\": \"봄\",}", "{\"eventTitle\": \"봄\"}{}", "{\"eventTitle\": \"봄\", \"x\": NaN}",
            "{\"eventTitle\": \"봄\tx\"}", "{\"eventTitle\": \"봄\\ufffd\"}"})
    void takesStrictJsonAlone(String value) {
        assertUnreadable(value);
    }

    @Test
    void readsNothingThatIsOutOfAllBounds() {
        assertUnreadable("{\"eventTitle\": \"봄\", \"x\": " + "[".repeat(101) + "]".repeat(101) + "}");
        assertUnreadable("{\"eventTitle\": \"봄\", \"x\": [1" + ",1".repeat(100_000) + "]}");
        assertUnreadable("{\"eventTitle\": \"봄\", \"x\": " + "9".repeat(1_001) + "}");
    }

    /** A megabyte that would be expensive for a recursive or a quadratic reader. */
    @ParameterizedTest
    @ValueSource(strings = {"a.", "[", "]", "{", "\"", "[a.", "[L", "a.[", "\u00A0", "\u0301", "\u200D", "🇰🇷",
            "\u3164봄", "a$", "9",
            "<", "1.", "(", "@"})
    void readsALongTextInATimeThatGrowsWithItsLength(String part) throws IOException {
        String text = "é" + part.repeat(800_000 / part.length() / 3) + "é";
        String json = new ObjectMapper().writeValueAsString(part.repeat(800_000 / part.length() / 3));

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(reader.read(Map.of("eventTitle", "봄", "targetAudience", text, "additionalData." + text, text)))
                    .isPresent();
            assertThat(reader.read(Map.of("eventTitle", "봄", "event" + text, text, text, text))).isPresent();
            assertThat(reader.read("{\"eventTitle\": \"봄\", \"targetAudience\": [" + json + ", {}]}")).isPresent();
            assertThat(reader.read("{\"eventTitle\": \"봄\", \"additionalData\": {\"x\": " + json + "}}"))
                    .isPresent();
        });
    }
}
