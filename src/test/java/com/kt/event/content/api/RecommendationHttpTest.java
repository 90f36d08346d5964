package com.kt.event.content.api;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.kt.event.content.StandIns;
import com.kt.event.content.recommendation.Style;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** One recommendation of each known format: readable ones become prompts, and unreadable ones cost nothing. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RecommendationHttpTest extends HttpSuite {
    private static final String SPRING = "봄맞이 커피";

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"@class\":\"com.example.Rec\",\"eventTitle\":\"봄맞이 커피\","
                    + "\"targetAudience\":[\"java.util.ArrayList\",[\"20대\"]],"
                    + "\"additionalData\":{\"@class\":\"java.util.HashMap\",\"예산\":[\"java.lang.Long\",15000000],"
                    + "\"날\":[\"java.time.LocalDate\",[2026,11,26]],\"하루\":1.5E7}}",
            "[\"com.example.Rec\",{\"eventTitle\":\"봄맞이 커피\",\"targetAudience\":[\"java.util.ArrayList\",[\"20대\"]],"
                    + "\"additionalData\":[\"java.util.HashMap\",{\"예산\":15000000.0,\"날\":[2026,11,26]}]}]",
            "{\"com.example.Rec\":{\"eventTitle\":\"봄맞이 커피\",\"targetAudience\":{\"java.util.ArrayList\":[\"20대\"]},"
                    + "\"additionalData\":{\"java.util.HashMap\":{\"예산\":{\"java.lang.Long\":15000000},"
                    + "\"날\":\"2026-11-26\"}}}}",
            "\"{\\\"eventTitle\\\":\\\"봄맞이 커피\\\",\\\"targetAudience\\\":\\\"20대\\\","
                    + "\\\"additionalData\\\":{\\\"예산\\\":15000000,\\\"날\\\":\\\"2026-11-26\\\"}}\""})
    void generatesFromWhatWasSerializedInJava(String value) {
        recommend(value);
        completes();
        assertThat(prompt()).contains("\"" + SPRING + "\"", "20대", "예산: 15000000", "날: 2026-11-26")
                .doesNotContain("java", "com.example", "@");
    }

    @Test
    void generatesFromTheHashOfASpringRepository() {
        redis.hset("ai:event:" + draft, Map.of("_class", "com.example.Rec", "eventTitle", SPRING,
                "targetAudience.[0]", "20대", "targetAudience.[1]", "30대", "additionalData.[예산]", "1.5E7",
                "additionalData.[예산]._class", "java.lang.Double"));
        completes();
        assertThat(prompt()).contains(SPRING, "20대, 30대", "예산: 15000000").doesNotContain("java", "com.example");
    }

    @Test
    void generatesFromAHashOfQuotedNamesAndValues() {
        redis.hset("ai:event:" + draft, Map.of("\"eventTitle\"", "\"봄맞이 커피\"",
                "\"targetAudience\"", "[\"java.util.ArrayList\",[\"20대\"]]", "\"eventDescription\"", "null"));
        completes();
        assertThat(prompt()).contains("letter by letter: \"" + SPRING + "\"", "20대")
                .doesNotContain("java", "null", "\"\"");
    }

    @Test
    void generatesFromTextThatTalksOfClasses() {
        recommend("{\"eventTitle\":\"com.example 쇼핑몰 오픈\",\"targetAudience\":[\"java.util.ArrayList 수강생\",\"개발자\"]}");
        completes();
        assertThat(prompt()).contains("com.example 쇼핑몰 오픈", "java.util.ArrayList 수강생, 개발자");
    }

    @Test
    void takesComposedAndDecomposedTextForTheSame() {
        recommend("{\"eventTitle\":\"" + SPRING + "\"}");
        completes();
        recommend("\uFEFF{\"eventTitle\":\"\uFEFF" + Normalizer.normalize(SPRING, Normalizer.Form.NFD) + "\u200B\"}");
        when().get("/api/content/images/" + draft).then().body("outdated", is(false));
        completes();
        assertThat(imageApi.calls()).isEqualTo(3);
    }

    @Test
    void sendsNoHalfOfASurrogatePair() {
        recommend("{\"eventTitle\":\"" + SPRING + "\\ud83c\",\"targetAudience\":\"\\udf3820대\"}");
        completes();
        assertThat(prompt().chars().filter(c -> Character.isSurrogate((char) c))).isEmpty();
        assertThat(prompt()).contains("\"" + SPRING + "\"", "20대");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUC-KR", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "x-windows-949"})
    void paysNothingForOtherEncodings(String encoding) {
        byte[] value = ("{\"eventTitle\":\"" + SPRING + "\"}").getBytes(Charset.forName(encoding));
        redis.set(key(), value);
        costsNothing(502, "CONTENT_009");
        redis.del(key());
        redis.hset(key(),
                Map.of("eventTitle".getBytes(StandardCharsets.UTF_8), SPRING.getBytes(Charset.forName(encoding))));
        costsNothing(502, "CONTENT_009");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "aced000574000a6576656e745469746c65", "0100636f6d2e6578616d706c652e526563ec87", "bf6640636c617373ff",
            "0000000cc0226576656e745469746c6522", "1f8b0800000000000003ab56ca4b", "3a290a01fa8540636c617373"})
    void paysNothingForBinary(String hex) {
        redis.set(key(), HexFormat.of().parseHex(hex));
        costsNothing(502, "CONTENT_009");
        redis.del(key());
        redis.hset(key(), Map.of("eventTitle".getBytes(StandardCharsets.UTF_8), HexFormat.of().parseHex(hex)));
        costsNothing(502, "CONTENT_009");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u3164", "\u200B", "\u2060", "\u00AD", "\uFEFF", "\u115F\u1160", "\uFFA0", "\uFE0F", "\u202E"})
    void paysNothingForAnInvisibleTitle(String title) {
        recommend("{\"eventTitle\":\"" + title + "\",\"eventDescription\":\"딸기 라떼\"}");
        costsNothing(502, "CONTENT_009");
        recommend("{\"eventTitle\":\"" + title + "\"}");
        costsNothing(404, "CONTENT_001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"eventTitle\":\"봄\"} x", "{'eventTitle':'봄'}", "{\"eventTitle\":\"봄\"/**/}",
            "{\"eventTitle\":\"봄\",\"x\":NaN}", "{\"eventTitle\":\"봄\uFFFD\"}", "com.example.Rec@1b2c3d",
            "<?xml version=\"1.0\"?><rec><eventTitle>봄</eventTitle></rec>"})
    void paysNothingForWhatIsNoJson(String value) {
        recommend(value);
        costsNothing(502, "CONTENT_009");
    }

    @Test
    void readsNoMoreThanAMegabyte() {
        recommend("{\"eventTitle\":\"봄\",\"x\":\"" + "x".repeat(1_048_576) + "\"}");
        costsNothing(502, "CONTENT_009");
        recommend("{\"eventTitle\":\"봄\",\"x\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}");
        costsNothing(502, "CONTENT_009");
        redis.del(key());
        redis.hset("ai:event:" + draft, Map.of("eventTitle", "봄", "x", "x".repeat(1_048_576)));
        costsNothing(502, "CONTENT_009");
        redis.del(key());
        redis.hset("ai:event:" + draft, Map.of("eventTitle", "봄", "x", "x".repeat(1_000_000)));
        completes();
    }

    private void costsNothing(int status, String code) {
        generate().then().statusCode(status).body("code", is(code));
        regenerate(Style.SIMPLE).then().statusCode(status).body("code", is(code));
        assertThat(imageApi.calls()).isZero();
    }

    private byte[] key() {
        return ("ai:event:" + draft).getBytes(StandardCharsets.UTF_8);
    }

    private String prompt() {
        return JsonPath.from(imageApi.requests(Style.SIMPLE).get(0).getBodyAsString()).getString("prompt");
    }
}
