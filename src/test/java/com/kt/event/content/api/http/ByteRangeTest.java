package com.kt.event.content.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** Ranges of 1,000 bytes, by RFC 9110, 14.1.2 and 14.2. */
class ByteRangeTest {
    private static final long SIZE = 1_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "bytes=0-0|0|0", "bytes=2-5|2|5", "bytes=500-|500|999", "bytes=-1|999|999", "bytes=-500|500|999",
            "bytes=0-|0|999", "bytes=0-999|0|999", "bytes=900-5000|900|999", "bytes=-5000|0|999",
            "BYTES=2-5|2|5", "bytes= 2-5 |2|5", "bytes=,2-5,|2|5", "bytes=00002-5|2|5",
            "bytes=900-99999999999999999999999999|900|999", "bytes=-99999999999999999999999999|0|999"})
    void isOneRange(String header, long first, long last) {
        assertThat(ByteRange.of(header, SIZE)).hasValue(new ByteRange(first, last));
    }

    /** The unsatisfiable ones are left out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=0-9,10-19|0|19", "bytes=10-19, 0-9|0|19", "bytes=0-9,5-19,2-3|0|19",
            "bytes=0-9,1000-|0|9", "bytes=-0,7-7|7|7", "bytes=0-,-1|0|999", "bytes=0-0,0-0|0|0"})
    void isOneRangeWhereSeveralHaveNoGap(String header, long first, long last) {
        assertThat(ByteRange.of(header, SIZE)).hasValue(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "bytes=-1,0-0", "bytes=0-0,2-2,4-4,6-6"})
    void isTheWholeWhereSeveralHaveGaps(String header) {
        assertThat(ByteRange.of(header, SIZE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=x", "bytes=9-2", "bytes=9-2,0-1",
            "bytes=999999999999999999-999999999999999998",
            "bytes=0-1,x", "bytes=1 - 2", "bytes=+1-2", "bytes=1-2-3", "bytes=--1", "bytes=0x1-2", "bytes=١-٢",
            "bytes 0-1", "bytes =0-1", "bytes:0-1", "0-1", "items=0-1", "pages=0-", "none", "bytes=0-1;2-3"})
    void isTheWholeWhereItIsNoneOrOfAnotherUnit(String header) {
        assertThat(ByteRange.of(header, SIZE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1000", "bytes=5000-6000", "bytes=-0", "bytes=1000-,2000-,-0",
            "bytes=99999999999999999999999999-"})
    void failsWhereNoneCanBeHad(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, SIZE)).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(416);
            assertThat(problem.getHeaders()).containsEntry("Content-Range", "bytes */1000");
        });
    }

    @Test
    void saysWhichPartOfHowMuchItIs() {
        assertThat(new ByteRange(2, 5).contentRange(SIZE)).isEqualTo("bytes 2-5/1000");
        assertThat(new ByteRange(2, 5).length()).isEqualTo(4);
    }
}
