package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonParseException;

class RedisFailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {
            "WRONGTYPE Operation against a key holding the wrong kind of value",
            "ERR Error running script (call to f_1): @user_script:2: -WRONGTYPE Operation against a key",
            "ERR user_script:5: Expected value but found invalid token at character 1 script: 3f, on @user_script:5.",
            "ERR Error running script (call to f_1): @user_script:3: user_script:3: Expected the end"})
    void aWrongTypeAndAScriptThatFailsOnTheValueNeverChange(String message) {
        assertThat(RedisFailures.isFinal(new RuntimeException(message))).isTrue();
        assertThat(RedisFailures.isFinal(new IllegalStateException(new RuntimeException(message)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "OOM command not allowed when used memory > 'maxmemory'.",
            "ERR Error running script (call to f_1): @user_script:3: -OOM command not allowed",
            "OOM command not allowed when used memory > 'maxmemory'. script: 3f, on @user_script:3.",
            "LOADING Redis is loading the dataset in memory",
            "READONLY You can't write against a read only replica.",
            "ERR Error running script (call to f_1): @user_script:3: -READONLY You can't write against",
            "NOPERM this user has no permissions to run the 'eval' command",
            "NOAUTH Authentication required.",
            "NOSCRIPT No matching script. Please use EVAL.",
            "MISCONF Redis is configured to save RDB snapshots",
            "Redis did not answer within PT5S"})
    void whatEndsByItselfOrByAnOperatorPasses(String message) {
        assertThat(RedisFailures.isFinal(new RuntimeException(message))).isFalse();
    }

    @Test
    void aLostConnectionPasses() {
        assertThat(RedisFailures.isFinal(new RuntimeException((String) null))).isFalse();
    }

    @Test
    void aValueThatCannotBeParsedNeverChanges() {
        assertThat(RedisFailures.isFinal(new UncheckedIOException(new JsonParseException(null, "no JSON")))).isTrue();
        assertThat(RedisFailures.isFinal(parseFailure())).isTrue();
        assertThat(RedisFailures.isFinal(new NumberFormatException("For input string: \"x\""))).isTrue();
    }

    private static Throwable parseFailure() {
        try {
            throw new AssertionError(Instant.parse("yesterday"));
        } catch (DateTimeParseException e) {
            return e;
        }
    }
}
