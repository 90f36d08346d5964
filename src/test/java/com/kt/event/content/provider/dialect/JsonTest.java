package com.kt.event.content.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Numbers in responses may be missing, texts, or anything else. */
class JsonTest {
    @ParameterizedTest
    @CsvSource({"57, 57", "57.0, 57", "999999999, 999999999"})
    void readsACountAlsoInAText(String text, long count) throws Exception {
        assertThat(Json.count(json(text))).isEqualTo(count);
        assertThat(Json.count(json('"' + text + '"'))).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"4.1, 4.1", "\"4.10\", 4.10", "0.000001, 0.000001"})
    void readsAnAmount(String text, BigDecimal amount) throws Exception {
        assertThat(Json.amount(json(text))).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1e300", "9223372036854775808", "1234567890", "true", "null", "[57]", "{}",
            "\"many\"", "\"\"", "\"-1\"", "\"1e9\"", "0.0"})
    void anythingElseIsNotKnown(String text) throws Exception {
        assertThat(Json.count(json(text))).isNull();
        assertThat(Json.amount(json(text))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1", "\"4.1\""})
    void aPartIsNoCount(String text) throws Exception {
        assertThat(Json.count(json(text))).isNull();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
