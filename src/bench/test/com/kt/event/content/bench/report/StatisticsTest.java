package com.kt.event.content.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedianAndNoPercentile() {
        assertThat(Statistics.median(List.of())).isNaN();
        assertThat(Statistics.percentile(List.of(), 99)).isNaN();
    }

    @Test
    void aPercentileIsOneOfTheValues() {
        List<Double> values = IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList();

        assertThat(Statistics.percentile(values, 50)).isEqualTo(100);
        assertThat(Statistics.percentile(values, 99)).isEqualTo(198);
        assertThat(Statistics.percentile(values, 100)).isEqualTo(200);
        assertThat(Statistics.percentile(List.of(7.0), 1)).isEqualTo(7);
    }

    /** The ratio of the medians would be 20 / 10. */
    @Test
    void theRatioIsTheMedianOfTheRatiosWithinEachRound() {
        assertThat(Statistics.medianRatio(List.of(20.0, 30.0, 10.0), List.of(20.0, 10.0, 10.0))).hasValue(1);
    }

    @Test
    void roundsThatDoNotMatchHaveNoRatio() {
        assertThat(Statistics.medianRatio(List.of(1.0), List.of(1.0, 2.0))).isEmpty();
        assertThat(Statistics.medianRatio(List.of(1.0), List.of(0.0))).isEmpty();
        assertThat(Statistics.medianRatio(List.of(), List.of())).isEmpty();
    }

    @Test
    void theSpreadIsTheLargestDistanceFromTheMedian() {
        assertThat(Statistics.spread(List.of(10.0, 8.0, 11.0))).isEqualTo(0.2, within(1e-9));
        assertThat(Statistics.spread(List.of(10.0))).isZero();
        assertThat(Statistics.spread(List.of(0.0, 1.0, 0.0))).isZero();
    }
}
