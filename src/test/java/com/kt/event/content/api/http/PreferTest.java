package com.kt.event.content.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
            "wait=10 | 10", "wait=0 | 0", "WAIT=3 | 3", "wait = 7 | 7", "wait=\"5\" | 5",
            "wait=007 | 7", "wait=000000007 | 7",
            "respond-async, wait=10 | 10", "wait=10, respond-async | 10", ",, wait=4 ,| 4", "'\twait=4\t' | 4",
            "wait=10; foo; bar=\"a, b; c\" | 10", "wait=10;;foo | 10", "return=\"wait=3\", wait=4 | 4",
            "foo=\"a \\\" , wait=3\", wait=4 | 4", "handling=lenient; wait=3, wait=6 | 6", "waiting=3, wait=6 | 6"})
    void readsTheWaitOfAClient(String header, long seconds) {
        assertThat(Prefer.waiting(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ",", "respond-async", "wait", "wait=", "wait=\"\"", "wait=-1", "wait=1.5", "wait=ten",
                    "wait=+3", "wait 3", "wait=3 4", "wait=\"3", "wait=\"", "=3", "\"wait\"=3", "wait=٣", "wait:3",
                    "foo; wait=3",
                    "foo=\"wait=3", "(wait=3)", "wait=3=4"})
    void ignoresUnknownAndMalformedPreferences(String header) {
        assertThat(Prefer.waiting(List.of(header))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=26", "wait=3600", "wait=999999999999999999999999999999"})
    void limitsTheWait(String header) {
        assertThat(Prefer.waiting(List.of(header))).contains(Duration.ofSeconds(25));
    }

    @Test
    void readsSeveralHeaders() {
        assertThat(Prefer.waiting(List.of("respond-async", "@!, wait=9"))).contains(Duration.ofSeconds(9));
        assertThat(Prefer.waiting(List.of())).isEmpty();
    }

    /** As RFC 7240 requires, even if the first is malformed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"wait=2, wait=4 | 2", "wait=2; x, foo, WAIT=4 | 2"})
    void takesTheFirstOfTwo(String header, long seconds) {
        assertThat(Prefer.waiting(List.of(header))).contains(Duration.ofSeconds(seconds));
        assertThat(Prefer.waiting(List.of("wait=soon", header))).isEmpty();
    }

    @Test
    void namesTheAppliedPreference() {
        assertThat(Prefer.applied(Duration.ofSeconds(25))).isEqualTo("wait=25");
    }

    @Test
    void readsALongMalformedHeaderQuickly() {
        assertThat(Prefer.waiting(List.of("\"".repeat(100_000), "a=\"\",".repeat(20_000), "wait=1")))
                .contains(Duration.ofSeconds(1));
    }
}
