package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class RecommendationReaderTest {
    private final RecommendationReader reader = new RecommendationReader(new ObjectMapper());

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
    void letsTheSelectionSpeakBeforeTheEvent() {
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

    @Test
    void takesNullInAHashForWhatItMeans() {
        assertThat(reader.read(Map.of("selectedRecommendation", "null", "event", "{\"title\": \"봄\"}"))).isEmpty();
        assertThat(reader.read(Map.of("selectedRecommendation", "{\"title\": \"봄\"}", "event", "null",
                "additionalData", "null"))).hasValueSatisfying(it -> assertThat(it.additionalData()).isEmpty());
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
                .satisfies(RecommendationReaderTest::quotesNothing);
    }

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

    // --- what serialisers of Java add, and where they do not

    @ParameterizedTest
    @ValueSource(strings = {
            "[\"rec\", {\"title\": \"봄\"}]", "[\".Rec\", {\"title\": \"봄\"}]", "{\"Rec\": {\"title\": \"봄\"}}",
            "{\"com.example.Rec\": {\"title\": \"봄\"}}", "{\"com.예시.추천\": {\"title\": \"봄\"}}",
            "{\"selectedRecommendation\": [\"rec\", {\"title\": \"봄\"}]}",
            "{\"selectedRecommendation\": {\"Rec\": {\"title\": \"봄\"}}, \"event\": [\"e\", {\"title\": \"x\"}]}",
            "{\"selectedRecommendation\": [\"com.example.Rec$Inner\", {\"title\": [\"java.lang.String\", \"봄\"]}]}",
            "{\"selectedRecommendation\": \"{\\\"title\\\": \\\"봄\\\"}\"}",
            "\"{\\\"selectedRecommendation\\\": \\\"{\\\\\\\"title\\\\\\\": \\\\\\\"봄\\\\\\\"}\\\"}\"",
            "{\"title\": \"\\\"봄\\\"\"}", "\ufeff{\"title\": \"\ufeff봄\"}", "{\"\ufefftitle\": \"봄\"}",
            "{\"eventTitle\": \"여름\", \"eventTitle\": \"봄\"}"})
    void findsTheTitleInEveryWrapping(String value) {
        assertThat(title(reader.read(value.getBytes(StandardCharsets.UTF_8)))).isEqualTo("봄");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"com.example 쇼핑몰 오픈", "java.util.ArrayList 강의", "com.example.Shop", "@class", "{봄}", "[오픈] 봄",
                    "[봄]", "kakao.T", "Optional 봄", "kim.J@face.com", "\"봄\" 그리고 \"여름\"", "{\"ko\": \"봄\"}", "[50]",
                    "봄@abc", ".NET 개발자", "null 값", "Rec(봄)"})
    void keepsWhatPeopleWrite(String text) throws IOException {
        String json = new ObjectMapper().writeValueAsString(text);

        assertThat(title(reader.read("{\"eventTitle\": " + json + "}"))).isEqualTo(text);
        assertThat(title(reader.read(Map.of("eventTitle", text)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[\"com.example 쇼핑몰\", \"b\"] | com.example 쇼핑몰, b", "[\"shop.com\", \"naver.com\"] | shop.com, naver.com",
            "[\".NET\", \"Java\"] | .NET, Java", "[\"SALE\", \"NEW\"] | SALE, NEW", "[\"a\", [\"b\", \"c\"]] | a, b, c",
            "[\"com.example.Goal\", \"SALES\"] | SALES", "[\"java.util.Arrays$ArrayList\", [\"a\"]] | a",
            "[\"[Ljava.lang.String;\", [\"a\", \"b\"]] | a, b", "[\"[[I\", [[1, 2], [3]]] | 1, 2, 3",
            "[\"java.util.EnumSet<com.example.Goal>\", [\"SALES\"]] | SALES", "[\"a\", null, \"null\", \"\u3164\"] | a",
            "[\"java.util.ArrayList\", [[\"java.lang.Long\", 5], [\"java.lang.Long\", 6]]] | 5, 6",
            "{\"java.util.ArrayList\": [{\"java.lang.Long\": 5}]} | 5", "\"[\\\"20대\\\", \\\"30대\\\"]\" | 20대, 30대",
            "[\"com.example.목표\", \"판매\"] | 판매", "[\"com.예시.목록\", [\"a\", \"b\"]] | a, b",
            "[\"cafe.봄날\", \"b\"] | cafe.봄날, b", "[\"www.가비아.한국\", \"b\"] | www.가비아.한국, b",
            "\"Optional[20대]\" | 20대", "[\"Optional.empty\", \"a\"] | a"})
    void readsListsWithAndWithoutTheirClass(String list, String text) {
        String value = "{\"eventTitle\": \"봄\", \"targetAudience\": " + list + "}";

        assertThat(reader.read(value)).hasValueSatisfying(it -> assertThat(it.targetAudience()).isEqualTo(text));
        assertThat(additionalData(reader.read(value.replace("targetAudience", "additionalData"))))
                .isEqualTo(Map.of("additionalData", text));
    }

    @Test
    void keepsShortNamesThatLookLikeThoseOfClasses() {
        assertThat(additionalData(reader.read("""
                {"eventTitle": "봄", "additionalData": {"앱": "kakao.T", "종류": "com.example.목표"}}
                """))).isEqualTo(Map.of("앱", "kakao.T"));
        assertThat(additionalData(reader.read("{\"eventTitle\": \"봄\", \"additionalData\": {\"kakao.T\": \"할인\"}}")))
                .isEqualTo(Map.of("kakao.T", "할인"));
    }

    @Test
    void takesTheNullOfSpringsCachesForWhatItMeans() {
        assertThat(reader.read("""
                {"eventTitle": "봄", "eventDescription": {"@class": "org.springframework.cache.support.NullValue"}}
                """)).contains(new Recommendation("봄", "", "", "", Map.of()));
    }

    @Test
    void leavesClassesOutOfAdditionalDataAtAnyDepth() {
        assertThat(additionalData(reader
                .read("""
                        {"eventTitle": "봄", "additionalData": {"@class": "java.util.HashMap", "javaType": "com.example.Data",
                         "class": ["java.lang.Class", "java.lang.String"], "bytes": ["[B", "AQID"], "없음": ["java.util.Optional", null],
                         "가게": {"@class": "com.example.Shop", "이름": "봄날", "값": ["java.lang.Long", 5], "빈": null,
                                  "안": {"_class": "x", "목록": ["java.util.ArrayList", [{"@type": "y", "a": 1.0}]]}},
                         "메뉴": "[\\"java.util.ArrayList\\",[\\"라떼\\"]]", "상자": "{\\"@class\\":\\"com.example.Box\\",\\"a\\":1}"}}
                        """)))
                .isEqualTo(Map.of("가게", "{\"이름\":\"봄날\",\"값\":5,\"안\":{\"목록\":[{\"a\":1}]}}", "메뉴", "라떼",
                        "상자", "{\"a\":1}"));
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
    @ValueSource(strings = {"{\"selectedRecommendation\": {\"@class\": \"com.Rec\"}, \"event\": {\"title\": \"봄\"}}",
            "{\"selectedRecommendation\": {\"title\": null, \"id\": null}, \"event\": {\"title\": \"봄\"}}",
            "{\"selectedRecommendation\": \"null\", \"event\": {\"title\": \"봄\"}}", "\"\"", "\"null\"",
            "[\"com.example.Rec\", {}]", "{\"event\": {\"title\": \"봄\"}}", "{\"data\": {\"title\": \"봄\"}}"})
    void findsNothingInABeanThatNobodyFilledIn(String value) {
        assertThat(reader.read(value)).isEmpty();
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

    /** A megabyte that is made to cost a recursive or a quadratic reader most. */
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

    private void assertUnreadable(String value) {
        assertThatThrownBy(() -> reader.read(value))
                .isInstanceOf(UnreadableRecommendationException.class)
                .satisfies(RecommendationReaderTest::quotesNothing);
    }

    /** Neither in the message nor in that of a cause, which a log would show as well. */
    private static void quotesNothing(Throwable failure) {
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).matches("it[a-zA-Z ]+").doesNotContain("봄");
    }

    private static String title(Optional<Recommendation> recommendation) {
        return recommendation.orElseThrow().eventTitle();
    }

    private static Map<String, String> additionalData(Optional<Recommendation> recommendation) {
        return recommendation.orElseThrow().additionalData();
    }
}
