package com.kt.event.content.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    @Test
    void anIdThatIsCreatedHereIsPlain() {
        assertThat(JobId.isPlain(JobId.create().value())).isTrue();
    }

    /** It comes from Redis, and would change the address that it is put into. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "../a", "a?b", "a%20", "a\r\nb", "é"})
    void anotherIdIsNot(String id) {
        assertThat(JobId.isPlain(id)).isFalse();
    }
}
