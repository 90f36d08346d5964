package com.kt.event.content.bench.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Medians, percentiles and ratios. */
public final class Statistics {
    private Statistics() {
    }

    /** Of two middle values the mean; NaN of none. */
    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The smallest value that so many percent of the values do not exceed; NaN of none. */
    public static double percentile(List<Double> values, double percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** The median of the ratios within each round; empty unless both have the same rounds and no divisor is 0. */
    public static OptionalDouble medianRatio(List<Double> values, List<Double> divisors) {
        if (values.isEmpty() || values.size() != divisors.size() || divisors.contains(0.0)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(median(
                IntStream.range(0, values.size()).mapToObj(round -> values.get(round) / divisors.get(round)).toList()));
    }

    /** How far a value is from the median at most, relative to the median; 0 of one value and around 0. */
    public static double spread(List<Double> values) {
        double median = median(values);
        return median == 0 || values.isEmpty()
                ? 0
                : values.stream().mapToDouble(value -> Math.abs(value - median) / Math.abs(median)).max().orElse(0);
    }
}
