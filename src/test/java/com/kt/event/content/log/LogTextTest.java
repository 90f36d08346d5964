package com.kt.event.content.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.mutiny.Uni;

class LogTextTest {
    @Test
    void showsAnIdAsItIs() {
        assertThat(LogText.jobId("72809adb-6844-44a7-9c31-7fa7b5b315a1"))
                .isEqualTo("72809adb-6844-44a7-9c31-7fa7b5b315a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "72809adb-6844-44a7-9c31-7fa7b5b315a1\n", "\u001b[2J", "1-1-1-1-1"})
    void showsTheLengthOfAnyOtherText(String id) {
        assertThat(LogText.jobId(id)).isEqualTo("(not an id: " + id.length() + " characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u001bb", "a\u202eb", "a\u0000b"})
    void replacesLineBreaks(String text) {
        assertThat(LogText.line(text)).isEqualTo("a?b");
    }

    @Test
    void limitsTheLength() {
        assertThat(LogText.line("x".repeat(1_000_000))).hasSize(303);
        assertThat(LogText.line("눈 오는 날엔 호떡")).isEqualTo("눈 오는 날엔 호떡");
    }

    @Test
    void givesTheReasonOfTheLastAttempt() {
        Throwable failure = Uni.createFrom().failure(new IllegalStateException("OOM command not allowed"))
                .onFailure().retry().withBackOff(Duration.ofMillis(1)).expireIn(20)
                .onItemOrFailure().transform((item, last) -> last).await().indefinitely();

        assertThat(failure.getMessage()).startsWith("Retries exhausted");
        assertThat(LogText.of(failure)).isEqualTo("OOM command not allowed");
    }

    @Test
    void namesTheClassOfAFailureWithoutAMessage() {
        assertThat(LogText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(LogText.of(new IllegalStateException("away\nFORGED"))).isEqualTo("away?FORGED");
    }
}
