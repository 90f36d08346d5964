package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flat and the nested form as JSON, and what becomes of their texts. */
class RecommendationReaderTest extends ReaderSuite {
    @Test
    void readsTheFlatForm() {
        assertThat(reader.read("""
                {"eventTitle": "봄맞이 딸기 라떼 1+1", "eventDescription": "딸기 라떼 한 잔을 사면 한 잔 더",
                 "targetAudience": "20대 직장인", "eventObjective": "점심시간 손님 늘리기",
                 "additionalData": {"기간": "4월 1일~7일", "할인율": "50%"}}
                """))
                .contains(new Recommendation("봄맞이 딸기 라떼 1+1", "딸기 라떼 한 잔을 사면 한 잔 더", "20대 직장인",
                        "점심시간 손님 늘리기", Map.of("기간", "4월 1일~7일", "할인율", "50%")));
    }

    @Test
    void readsTheNestedForm() {
        assertThat(reader.read("""
                {"selectedRecommendation": {"eventTitle": "가을 단풍 사진전", "eventDescription": "사진을 올리면 커피 한 잔",
                 "targetAudience": "사진을 좋아하는 이웃", "eventObjective": "단골 만들기"},
                 "event": {"additionalData": {"장소": "성수동"}}}
                """))
                .contains(new Recommendation("가을 단풍 사진전", "사진을 올리면 커피 한 잔", "사진을 좋아하는 이웃", "단골 만들기",
                        Map.of("장소", "성수동")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "name", "eventTitle"})
    void knowsATitleByItsShorterNamesToo(String name) {
        assertThat(title(reader.read("{\"selectedRecommendation\": {\"" + name + "\": \"여름 빙수 축제\"}}")))
                .isEqualTo("여름 빙수 축제");
    }

    @Test
    void keepsKoreanExactly() {
        String title = "뷁! \"꽃샘추위\" <이벤트> & 커피☕ 한 잔 — 오늘만👨‍👩‍👧 \\n";

        assertThat(title(reader.read(Map.of("eventTitle", title)))).isEqualTo(title);
        assertThat(title(reader.read("""
                {"eventTitle": "뷁! \\"꽃샘추위\\" <이벤트> & 커피☕ 한 잔 — 오늘만👨‍👩‍👧 \\\\n"}
                """))).isEqualTo(title);
    }

    @Test
    void understandsEscapedKorean() {
        assertThat(title(reader.read("{\"eventTitle\": \"\\ubd04\\ub0a0\"}"))).isEqualTo("봄날");
    }

    @Test
    void prefersTheSelectionToTheEvent() {
        Recommendation recommendation = reader.read("""
                {"event": {"eventTitle": "행사", "targetAudience": "모두"},
                 "selectedRecommendation": {"eventTitle": "벚꽃 피크닉 세트", "targetAudience": "연인"}}
                """).orElseThrow();

        assertThat(recommendation.eventTitle()).isEqualTo("벚꽃 피크닉 세트");
        assertThat(recommendation.targetAudience()).isEqualTo("연인");
    }

    @Test
    void fillsGapsFromTheEvent() {
        Recommendation recommendation = reader.read("""
                {"selectedRecommendation": {"eventTitle": "벚꽃 피크닉 세트", "eventDescription": " "},
                 "event": {"eventDescription": "도시락과 돗자리를 함께", "targetAudience": "연인", "eventObjective": "매출"}}
                """).orElseThrow();

        assertThat(recommendation)
                .isEqualTo(new Recommendation("벚꽃 피크닉 세트", "도시락과 돗자리를 함께", "연인", "매출", Map.of()));
    }

    @Test
    void takesTheTitleFromTheEventWhereTheSelectionHasNone() {
        assertThat(title(reader.read("""
                {"selectedRecommendation": {"eventDescription": "도시락과 돗자리를 함께"}, "event": {"name": "벚꽃 소풍"}}
                """))).isEqualTo("벚꽃 소풍");
    }

    @Test
    void mergesAdditionalDataAndLetsTheSelectionWin() {
        assertThat(additionalData(reader.read("""
                {"selectedRecommendation": {"title": "봄", "additionalData": {"경품": "텀블러"}},
                 "event": {"additionalData": {"경품": "스티커", "장소": "성수동"}}}
                """))).isEqualTo(Map.of("경품", "텀블러", "장소", "성수동"));
    }

    @Test
    void ignoresUnknownFields() {
        assertThat(reader.read("""
                {"version": 7, "model": {"name": "x"}, "selectedRecommendation":
                 {"eventTitle": "봄", "score": 0.93, "방법": ["a", {"b": null}]}, "event": {"id": 1}, "others": [1, 2]}
                """)).contains(new Recommendation("봄", "", "", "", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"opening\"", "null", "3", "[]"})
    void ignoresAnEventThatIsNoObject(String event) {
        assertThat(reader.read("{\"eventTitle\": \"봄\", \"event\": " + event + "}"))
                .hasValueSatisfying(it -> assertThat(it.eventTitle()).isEqualTo("봄"));
        assertThat(reader.read("{\"selectedRecommendation\": {\"title\": \"봄\"}, \"event\": " + event + "}"))
                .hasValueSatisfying(it -> assertThat(it.eventTitle()).isEqualTo("봄"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "{}", "[{}]", "{\"a\": null}"})
    void findsNothingInEmptyAdditionalData(String data) {
        assertThat(reader.read("{\"eventTitle\": \"봄\", \"additionalData\": " + data + "}"))
                .hasValueSatisfying(it -> assertThat(it.additionalData()).isEmpty());
    }

    // --- texts

    @Test
    void joinsLists() {
        Recommendation recommendation = reader.read("""
                {"eventTitle": "봄", "targetAudience": ["20대 직장인", "대학생"], "additionalData": {"메뉴": ["라떼", "빙수"]}}
                """).orElseThrow();

        assertThat(recommendation.targetAudience()).isEqualTo("20대 직장인, 대학생");
        assertThat(recommendation.additionalData()).isEqualTo(Map.of("메뉴", "라떼, 빙수"));
    }

    @Test
    void writesNumbersAndTruthsAsText() {
        assertThat(additionalData(
                reader.read("{\"eventTitle\": \"봄\", \"additionalData\": {\"할인\": 30, \"무료\": true}}")))
                .isEqualTo(Map.of("할인", "30", "무료", "true"));
    }

    @Test
    void dropsEmptyAdditionalData() {
        assertThat(additionalData(reader.read("""
                {"eventTitle": "봄", "additionalData": {"장소": "성수동", "경품": null, "메모": "  ", "메뉴": []}}
                """))).isEqualTo(Map.of("장소", "성수동"));
    }

    @Test
    void dropsBlanksAroundTexts() {
        assertThat(title(reader.read("{\"eventTitle\": \" \\n 봄날\\u3000\"}"))).isEqualTo("봄날");
    }

    @Test
    void cutsTextsAtFourThousandCharacters() {
        Recommendation recommendation = reader.read("{\"eventTitle\": \"" + "봄".repeat(4_000)
                + "\", \"eventDescription\": \"" + "꽃".repeat(4_001) + "\"}").orElseThrow();

        assertThat(recommendation.eventTitle()).isEqualTo("봄".repeat(4_000));
        assertThat(recommendation.eventDescription()).isEqualTo("꽃".repeat(4_000));
    }

    @Test
    void doesntSplitAnEmojiWhenItCuts() {
        assertThat(title(reader.read(Map.of("eventTitle", "🌸".repeat(2_001))))).isEqualTo("🌸".repeat(2_000));
        assertThat(title(reader.read(Map.of("eventTitle", "봄" + "🌸".repeat(2_001)))))
                .matches("봄🌸+");
    }

    @Test
    void takesOnlyTheFirstOfVeryManyAdditionalData() {
        StringBuilder data = new StringBuilder("\"0\": \"첫째\"");
        for (int i = 1; i < 1_000; i++) {
            data.append(", \"").append(i).append("\": \"그리고\"");
        }

        assertThat(additionalData(reader.read("{\"eventTitle\": \"봄\", \"additionalData\": {" + data + "}}")))
                .hasSize(32).containsEntry("0", "첫째").doesNotContainKey("32");
    }
}
