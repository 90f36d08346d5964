package com.kt.event.content.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * One recommendation as written by the serialisers, codecs and hash mappers of Spring Data Redis 3.5, Redisson 3.50,
 * Jackson 2.19 and Fastjson 1.2. Recorded with these libraries: {@code string} and {@code hash} as text, {@code binary}
 * and {@code binaryHash} in base64.
 */
class RecordedWritersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Recommendation WRITTEN = new Recommendation("봄맞이 커피", "딸기 라떼", "20대, 30대", "FRIENDS",
            Map.of("예산", "15000000", "할인", "100", "큰수", "15000000", "날", "2026-11-26", "메뉴", "라떼, 빙수",
                    "주인", "{\"name\":\"김사장\"}", "켬", "true", "금액", "100.5"));

    private final RecommendationReader reader = new RecommendationReader(JSON);

    @ParameterizedTest
    @MethodSource
    void isRead(Recorded recorded) {
        assertThat(recorded.read(reader)).contains(recorded.written());
    }

    @ParameterizedTest
    @MethodSource
    void isRefused(Recorded recorded) {
        assertThatThrownBy(() -> recorded.read(reader)).isInstanceOf(UnreadableRecommendationException.class)
                .hasNoCause().hasMessageNotContainingAny("봄", "com.example");
    }

    static List<Recorded> isRead() throws IOException {
        return all("readable.jsonl");
    }

    static List<Recorded> isRefused() throws IOException {
        return all("unreadable.jsonl");
    }

    private static List<Recorded> all(String file) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(
                RecordedWritersTest.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            List<Recorded> recorded = lines.lines().map(RecordedWritersTest::recorded).toList();
            assertThat(recorded).hasSizeGreaterThan(20);
            return recorded;
        }
    }

    private static Recorded recorded(String line) {
        try {
            return new Recorded(JSON.readTree(line));
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    record Recorded(JsonNode line) {
        Optional<Recommendation> read(RecommendationReader reader) {
            return Stream.of("string", "binary").filter(line::has).findFirst()
                    .map(name -> reader.read(bytes(line.get(name).textValue())))
                    .orElseGet(() -> reader.readHash(fields()));
        }

        /** The mapper of Spring Data's repositories writes only the class of a list in a map of objects. */
        Recommendation written() {
            if (!toString().contains("ObjectHashMapper")) {
                return WRITTEN;
            }
            Map<String, String> data = new HashMap<>(WRITTEN.additionalData());
            data.remove("메뉴");
            return new Recommendation(WRITTEN.eventTitle(), WRITTEN.eventDescription(), WRITTEN.targetAudience(),
                    WRITTEN.eventObjective(), data);
        }

        private Map<String, byte[]> fields() {
            Map<String, byte[]> fields = new LinkedHashMap<>();
            line.path(line.has("hash") ? "hash" : "binaryHash").properties().forEach(field -> fields
                    .put(Utf8.decodeField(bytes(field.getKey())), bytes(field.getValue().textValue())));
            return fields;
        }

        private byte[] bytes(String text) {
            return line.has("binary") || line.has("binaryHash")
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return line.get("writer").textValue();
        }
    }
}
