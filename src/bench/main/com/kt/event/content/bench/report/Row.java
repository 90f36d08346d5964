package com.kt.event.content.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The values of one metric: a list for each system, a value for each round. */
public class Row {
    private final Metric metric;
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    Row(Metric metric) {
        this.metric = metric;
    }

    Metric metric() {
        return metric;
    }

    void add(String system, double value) {
        rounds.computeIfAbsent(system, name -> new ArrayList<>()).add(value);
    }

    List<Double> rounds(String system) {
        return rounds.getOrDefault(system, List.of());
    }

    /** The median over the rounds, or the sum of failures; empty if the system has no value. */
    OptionalDouble value(String system) {
        List<Double> values = rounds(system);
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(metric.kind() == Metric.Kind.FAILURES
                ? values.stream().mapToDouble(Double::doubleValue).sum()
                : Statistics.median(values));
    }

    /** The median of the ratios within the rounds. */
    OptionalDouble ratio(String system, String reference) {
        return metric.kind() == Metric.Kind.FAILURES || system.equals(reference)
                ? OptionalDouble.empty()
                : Statistics.medianRatio(rounds(system), rounds(reference));
    }

    /** The ratio of each round, or the value of each round if there is no ratio. */
    List<Double> comparable(String system, String reference) {
        if (ratio(system, reference).isEmpty()) {
            return rounds(system);
        }
        List<Double> own = rounds(system);
        List<Double> others = rounds(reference);
        return IntStream.range(0, own.size()).mapToObj(round -> own.get(round) / others.get(round)).toList();
    }
}
