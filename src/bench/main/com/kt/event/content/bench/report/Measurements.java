package com.kt.event.content.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been measured so far, in the order of the table. */
public class Measurements {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** Adds the value of one round. Rows stand in the order in which they are first declared or added to. */
    public void add(Metric metric, String system, double value) {
        row(metric).add(system, value);
    }

    /** Fixes the place of a row whose values come later. */
    public Row row(Metric metric) {
        return rows.computeIfAbsent(metric.key(), key -> new Row(metric));
    }

    Collection<Row> rows() {
        return rows.values().stream().toList();
    }

    /** The rows of failures that are not 0, one line each. */
    public List<String> failures(List<String> systems) {
        List<String> failures = new ArrayList<>();
        for (Row row : rows.values()) {
            for (String system : systems) {
                double value = row.value(system).orElse(0);
                if (row.metric().kind() == Metric.Kind.FAILURES && value != 0) {
                    failures.add(system + ": " + row.metric().key() + ": " + Math.round(value));
                }
            }
        }
        return failures;
    }
}
