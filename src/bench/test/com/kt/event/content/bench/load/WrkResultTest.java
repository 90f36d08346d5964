package com.kt.event.content.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import com.kt.event.content.bench.BenchException;

class WrkResultTest {
    @Test
    void findsTheLineOfTheResult() {
        WrkResult result = WrkResult.parse("""
                Running 2s test @ http://127.0.0.1:1234
                  64 connections
                RESULT {"micros":2000000,"requests":3000,"p50":1500,"p99":12000,"errors":2}
                """);

        assertThat(result).isEqualTo(new WrkResult(2, 3000, 1.5, 12, 2));
        assertThat(result.rate()).isEqualTo(1500);
    }

    @Test
    void showsWhatWrkSaidInstead() {
        assertThatThrownBy(() -> WrkResult.parse("unable to connect")).isInstanceOf(BenchException.class)
                .hasMessageContaining("unable to connect");
    }
}
