package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recommendation in a hash, with a field per value. */
class RecommendationHashTest extends ReaderSuite {
    @Test
    void takesNullInAHashForWhatItMeans() {
        assertThat(reader.read(Map.of("selectedRecommendation", "null", "event", "{\"title\": \"봄\"}"))).isEmpty();
        assertThat(reader.read(Map.of("selectedRecommendation", "{\"title\": \"봄\"}", "event", "null",
                "additionalData", "null"))).hasValueSatisfying(it -> assertThat(it.additionalData()).isEmpty());
    }

    @Test
    void readsAFlatHash() {
        assertThat(reader.read(Map.of("eventTitle", "수제버거 3주년", "eventDescription", "감자튀김 무료", "targetAudience", "학생",
                "eventObjective", "감사", "lang", "ko")))
                .contains(new Recommendation("수제버거 3주년", "감자튀김 무료", "학생", "감사", Map.of()));
    }

    @Test
    void readsANestedHash() {
        assertThat(reader.read(Map.of(
                "selectedRecommendation", " {\"eventTitle\": \"수제버거 3주년\", \"additionalData\": {\"경품\": \"콜라\"}}",
                "event", "{\"targetAudience\": \"학생\"}")))
                .contains(new Recommendation("수제버거 3주년", "", "학생", "", Map.of("경품", "콜라")));
    }

    @Test
    void readsAHashsAdditionalDataAsJson() {
        assertThat(additionalData(
                reader.read(Map.of("eventTitle", "봄", "additionalData", "{\"할인율\": \"50%\", \"수량\": 100}"))))
                .isEqualTo(Map.of("할인율", "50%", "수량", "100"));
    }

    @Test
    void readsAHashsAdditionalDataAsPlainText() {
        assertThat(additionalData(reader.read(Map.of("eventTitle", "봄", "additionalData", "선착순 100명"))))
                .isEqualTo(Map.of("additionalData", "선착순 100명"));
    }

    @Test
    void takesTheTextsOfAHashLiterally() {
        assertThat(title(reader.read(Map.of("eventTitle", "{\"ko\": \"봄\"}")))).isEqualTo("{\"ko\": \"봄\"}");
    }

    @Test
    void findsNothingInAHashWhereNothingIsSelected() {
        assertThat(reader.read(Map.of())).isEmpty();
        assertThat(reader.read(Map.of("status", "추천 중"))).isEmpty();
        assertThat(reader.read(Map.of("event", "{\"eventTitle\": \"봄\"}"))).isEmpty();
        assertThat(reader.read(Map.of("selectedRecommendation", "", "event", "{\"eventTitle\": \"봄\"}"))).isEmpty();
        assertThat(reader.read(Map.of("selectedRecommendation", "{}", "event", "{\"eventTitle\": \"봄\"}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"비밀 할인", "{\"eventTitle\": \"비밀 할인\""})
    void refusesAHashWhoseSelectionIsNotAnObject(String selected) {
        assertThatThrownBy(() -> reader.read(Map.of("selectedRecommendation", selected)))
                .isInstanceOf(UnreadableRecommendationException.class)
                .satisfies(ReaderSuite::quotesNothing);
    }

    @Test
    void readsAHashThatWasTakenApart() {
        assertThat(reader.read(Map.of("selectedRecommendation.title", "봄", "selectedRecommendation.target[10]", "다",
                "selectedRecommendation.target[2]", "나", "selectedRecommendation.target[0]", "가",
                "selectedRecommendation.additionalData.[0]", "영", "selectedRecommendation.additionalData.[a.b]", "점",
                "selectedRecommendation._class", "com.example.Rec", "event.description", "설명", "other[2000000000]",
                "x")))
                .contains(new Recommendation("봄", "설명", "가, 나, 다", "", Map.of("0", "영", "a.b", "점")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title[", "title]", "title.[a", "..title", "."})
    void ignoresFieldsWithBrokenPaths(String field) {
        assertThat(reader.read(Map.of("eventTitle", "봄", field, "여름")))
                .hasValueSatisfying(it -> assertThat(it.eventTitle()).isEqualTo("봄"));
    }

    @Test
    void ignoresBytesInFieldsThatItDoesNotRead() {
        assertThat(reader.readHash(Map.of("eventTitle", "봄".getBytes(StandardCharsets.UTF_8), "thumbnail",
                new byte[]{(byte) 0xFF, 0}))).contains(new Recommendation("봄", "", "", "", Map.of()));
    }
}
