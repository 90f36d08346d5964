package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

class JsonCodecTest {
    private final JsonCodec json = new JsonCodec(new ObjectMapper().registerModule(new JavaTimeModule()));

    record Value(String name, Instant at) {
    }

    @Test
    void readsBackWhatItWrote() {
        Value value = new Value("봄", Instant.parse("2026-11-26T00:00:00Z"));

        assertThat(json.read(json.write(value), Value.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"at\": \"yesterday\"}", "{\"name\": {\"secret\": 1}}"})
    void textThatIsNotTheValueIsUnreadable(String text) {
        assertThatThrownBy(() -> json.read(text, Value.class)).isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void doesntQuoteTheText() {
        assertThatThrownBy(() -> json.read("{\"at\": \"secret\"}", Value.class))
                .hasMessageNotContaining("secret").hasMessageContaining("Value");
        assertThatThrownBy(() -> json.readTree("secret")).isInstanceOf(UnreadableValueException.class)
                .hasMessageNotContaining("secret");
    }
}
