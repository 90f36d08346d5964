package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class RetryDelayTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

    @ParameterizedTest
    @CsvSource({"17, 17000", "0, 0", "12.0, 12000", "1.5, 1500", "0.25, 250", "+5, 5000", "' 12 ', 12000", "12s, 12000",
            "1m6s, 66000", "240ms, 240", "2 minutes, 120000", "599.9999, 600000", "12., 12000"})
    void readsSecondsWholeOrNot(String text, long millis) {
        assertThat(retryAfter(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wed, 25 Nov 2026 09:00:42 GMT", "Wednesday, 25-Nov-26 09:00:42 GMT",
            "Wed Nov 25 09:00:42 2026", "2026-11-25T09:00:42Z", "2026-11-25T18:00:42+09:00",
            "Fri, 25 Nov 2026 09:00:42 GMT", "25 Nov 2026 09:00:42 GMT", "Wed, 25 Nov 2026 09:00:42 UTC",
            "Wednesday, 25 Nov 2026 09:00:42 GMT", "Sunday, 25-Nov-26 09:00:42 GMT", "\"42\"", "42, 42", "42; busy"})
    void readsADateInAnyOfItsForms(String date) {
        assertThat(retryAfter(date)).contains(Duration.ofSeconds(42));
    }

    @Test
    void readsADateByTheClockOfTheProvider() {
        Map<String, String> headers = Map.of("retry-after", "Wed, 25 Nov 2026 11:00:30 GMT", "date",
                "Wed, 25 Nov 2026 11:00:00 GMT");

        assertThat(RetryDelay.ofHeaders(headers::get, true, NOW)).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"600", "601", "86400", "31536000", "999999999999999999999999", "1795597200",
            "Thu, 25 Nov 2027 09:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "100h", "999999999 hours", "700.5"})
    void waitsForTenMinutesAtMost(String text) {
        assertThat(retryAfter(text)).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "bald", "-5", "-1e9", "1e3", "1e300", "NaN", "Infinity", "0x10", "١٢", "12,5",
            "--", ".",
            "Wed, 25 Nov 2026 08:59:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 99 Foo 2026 09:00:00 GMT",
            "tomorrow", "12 parsecs", "s", "\u0000"})
    void ignoresWhatIsNoTimeInTheFuture(String text) {
        assertThat(retryAfter(text)).isEmpty();
    }

    @Test
    void ignoresALongNumber() {
        assertThat(retryAfter("9".repeat(100_000))).isEmpty();
        assertThat(retryAfter("0." + "9".repeat(100_000))).isEmpty();
    }

    @Test
    void ignoresATimeOfMoreThanAHundredCharacters() {
        assertThat(retryAfter("9" + " ".repeat(98) + "s")).contains(Duration.ofSeconds(9));
        assertThat(retryAfter("9" + " ".repeat(99) + "s")).isEmpty();
    }

    @Test
    void prefersMilliseconds() {
        assertThat(headers(Map.of("retry-after-ms", "1234", "retry-after", "60"))).contains(Duration.ofMillis(1_234));
        assertThat(headers(Map.of("retry-after-ms", "1234.5"))).contains(Duration.ofMillis(1_235));
        assertThat(headers(Map.of("retry-after-ms", "bald", "retry-after", "60"))).contains(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "600000, 600000", "600001, 600000", "1e9, -1", "1000000000, 600000",
            "31536000000, 600000", "-1, -1", "1.5, 2", "'', -1"})
    void boundsMilliseconds(String text, long millis) {
        assertThat(headers(Map.of("retry-after-ms", text)).map(Duration::toMillis).orElse(-1L)).isEqualTo(millis);
    }

    @Test
    void waitsForTheResetOfTheLimitThatIsUsedUp() {
        assertThat(headers(Map.of("x-ratelimit-remaining-requests", "4", "x-ratelimit-reset-requests", "6m0s",
                "x-ratelimit-remaining-input-images", "0", "x-ratelimit-reset-input-images", "12s")))
                .contains(Duration.ofSeconds(12));
        assertThat(headers(Map.of("x-ratelimit-reset-tokens", "240ms"))).contains(Duration.ofMillis(240));
        assertThat(headers(Map.of("x-ratelimit-reset", "9.5"))).contains(Duration.ofMillis(9_500));
        assertThat(headers(Map.of("x-ratelimit-remaining", " ", "x-ratelimit-reset", "9")))
                .contains(Duration.ofSeconds(9));
        assertThat(headers(Map.of("x-ratelimit-reset", "1795597200"))).as("counted from 1970").isEmpty();
        assertThat(headers(Map.of("x-ratelimit-reset", "12s", "retry-after", "60"))).contains(Duration.ofSeconds(60));
        assertThat(RetryDelay.ofHeaders(Map.of("x-ratelimit-reset", "12s")::get, false, NOW))
                .as("no limit was met").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Please try again in 12s. | 12000", "try again in 240ms | 240",
            "Please try again in 1m6s. Visit | 66000", "Please retry after 6 seconds. | 6000",
            "Your rate limit resets in ~9s. | 9000", "Please retry in 34.074824224s. | 34075",
            "Try again in 1 minute, 6 seconds | 66000", "try again in 0s | 0",
            "try again in 999999999 hours | 600000", "resets in ~30s | 30000", "resets in ~86400s | 600000",
            "wait 2 minutes | 120000", "Try again in 3h | 600000"})
    void readsASentence(String sentence, long millis) {
        assertThat(RetryDelay.ofSentence(sentence)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Limit 5, Used 5, Requested 1.", "try again later", "12s", "try again in 12 steps",
            "try again in -12s", "try again in 9999999999s", "resets in ~s", "try again in 1e9s",
            "try again in s", ""})
    void findsNoTimeInAnyOtherSentence(String sentence) {
        assertThat(RetryDelay.ofSentence(sentence)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"retryafter | 9 | 9000", "retryafter | \"9s\" | 9000",
            "retryafterms | 250 | 250", "retrydelay | \"41.5s\" | 41500", "retrydelay | \"0s\" | 0",
            "retrydelay | \"-5s\" | -1", "retrydelay | \"31536000s\" | 600000", "retrydelay | \"999999999s\" | 600000",
            "retrydelay | {\"seconds\": \"-34\"} | -1", "retrydelay | {\"nanos\": 5} | -1",
            "retrydelay | \"soon\" | -1",
            "retrydelay | {\"seconds\": 34} | 34000", "retryafter | 1e300 | -1", "retryafter | -4 | -1",
            "retryafter | null | -1", "retryafter | [] | -1", "retryafter | 31536000 | 600000"})
    void readsAField(String name, String value, long millis) throws Exception {
        assertThat(RetryDelay.ofField(name, new ObjectMapper().readTree(value)).map(Duration::toMillis).orElse(-1L))
                .isEqualTo(millis);
    }

    private static Optional<Duration> retryAfter(String text) {
        return headers(Map.of("retry-after", text));
    }

    private static Optional<Duration> headers(Map<String, String> headers) {
        return RetryDelay.ofHeaders(headers::get, true, NOW);
    }
}
