package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The additions of Java serializers, and text that only looks like these. */
class SerializedRecommendationTest extends ReaderSuite {
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
    @ValueSource(strings = {"{\"selectedRecommendation\": {\"@class\": \"com.Rec\"}, \"event\": {\"title\": \"봄\"}}",
            "{\"selectedRecommendation\": {\"title\": null, \"id\": null}, \"event\": {\"title\": \"봄\"}}",
            "{\"selectedRecommendation\": \"null\", \"event\": {\"title\": \"봄\"}}", "\"\"", "\"null\"",
            "[\"com.example.Rec\", {}]", "{\"event\": {\"title\": \"봄\"}}", "{\"data\": {\"title\": \"봄\"}}"})
    void findsNothingInAnEmptyBean(String value) {
        assertThat(reader.read(value)).isEmpty();
    }
}
