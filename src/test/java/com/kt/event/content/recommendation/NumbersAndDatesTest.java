package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class NumbersAndDatesTest {
    private final RecommendationReader reader = new RecommendationReader(new ObjectMapper());

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {
            "1.5E7, 15000000", "15000000.0, 15000000", "100.0, 100", "100.50, 100.5", "0.1, 0.1", "1e3, 1000", "-0, 0",
            "-0.0, 0", "-1.50, -1.5", "1.0E-5, 0.00001", "3, 3", "12345678901234567890123, 12345678901234567890123",
            "1e400, 1E+400", "1e999999999, 1E+999999999", "0.30000000000000004, 0.30000000000000004", "2026, 2026",
            "'\"1.5E7\"', 15000000", "'\"1.5E+7\"', 15000000", "'\"1E+7\"', 10000000", "'\"1E7\"', 1E7",
            "'\"100.0\"', 100.0", "'\"010-1234\"', 010-1234", "true, true"})
    void areWrittenAsPeopleWriteThem(String json, String text) {
        assertThat(read("[" + json + "]")).isEqualTo(text);
        assertThat(read(json)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.5E7, 15000000", "100.0, 100", "-0.0, 0", "100.50, 100.50", "007.0, 007.0", "1.2.0, 1.2.0",
            "v1.0, v1.0", "1E5 커피, 1E5 커피"})
    void areKnownInAHashByJavasWayToWriteThem(String value, String text) {
        assertThat(reader.read(Map.of("eventTitle", "봄", "targetAudience", value)).orElseThrow().targetAudience())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[2026,11,26] | 2026-11-26", "[2026,11,26,10,30] | 2026-11-26 10:30",
            "[2026,11,26,10,30,5] | 2026-11-26 10:30", "[2026,11,26,10,30,5,700000000] | 2026-11-26 10:30",
            "[[2026,11,26],[2026,12,3]] | 2026-11-26, 2026-12-03",
            "[\"java.time.LocalDate\",[2026,11,26]] | 2026-11-26", "[\"java.time.LocalTime\",[9,5]] | 09:05",
            "[\"java.time.YearMonth\",[2026,3]] | 2026-03", "[\"java.time.Year\",2026] | 2026",
            "[\"java.util.Date\",1795656600000] | 2026-11-26 10:30",
            "[\"java.sql.Timestamp\",1795656600000] | 2026-11-26 10:30",
            "[\"java.time.Instant\",1795656600.000000000] | 2026-11-26 10:30",
            "[\"java.time.Instant\",1795656600000] | 2026-11-26 10:30",
            "[\"java.time.ZonedDateTime\",1795656600.5] | 2026-11-26 10:30",
            "[\"java.time.LocalDateTime\",\"2026-11-26T10:30:00\"] | 2026-11-26T10:30:00",
            "[\"java.util.Date\",1e300] | 1E+300",
            "[2026,13,1] | 2026, 13, 1", "[2026,2,30] | 2026, 2, 30", "[3000,1500,2000] | 3000, 1500, 2000",
            "[2026,11] | 2026, 11", "[2026,11,26,25,0] | 2026, 11, 26, 25, 0", "[2026.0,11,26] | 2026, 11, 26"})
    void datesAreWrittenAsPeopleWriteThem(String json, String text) {
        assertThat(read(json)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"year\":2026,\"month\":\"NOVEMBER\",\"monthValue\":11,\"dayOfMonth\":26,\"chronology\":{\"id\":\"ISO\"}}",
            "{\"year\":2026,\"month\":11,\"day\":26}"})
    void datesAreKnownByTheirMembers(String json) {
        assertThat(read("[" + json + "]")).isEqualTo("2026-11-26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "01", "1.", ".5", "0x10", "1e99999999999", "+1"})
    void whatIsNoNumberOfJsonIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableRecommendationException.class);
    }

    private String read(String json) {
        return reader.read("{\"eventTitle\": \"봄\", \"targetAudience\": " + json + "}").orElseThrow().targetAudience();
    }
}
