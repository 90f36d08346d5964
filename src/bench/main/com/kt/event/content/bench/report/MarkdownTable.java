package com.kt.event.content.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a report as a Markdown document. */
public final class MarkdownTable {
    private MarkdownTable() {
    }

    public static String write(Report report) {
        List<String> lines = new ArrayList<>();
        report.facts().forEach((name, value) -> lines.add("- " + name + ": " + value));
        report.notes().forEach(note -> lines.add("- " + note));
        lines.add("");
        List<String> headings = Stream.concat(report.systems().stream(),
                report.ratios().stream().map(Report.Ratio::heading)).toList();
        lines.add("| | " + String.join(" | ", headings) + " |");
        lines.add("|---|" + "---:|".repeat(headings.size()));
        report.measurements().rows().forEach(row -> lines.add(line(report, row)));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Report report, Row row) {
        Metric metric = row.metric();
        Stream<String> values = report.systems().stream().map(system -> Figure.format(row.value(system)));
        Stream<String> ratios = report.ratios().stream()
                .map(ratio -> Figure.format(row.ratio(ratio.system(), ratio.reference())));
        return "| " + metric.label() + (metric.unit().isEmpty() ? "" : ", " + metric.unit()) + " | "
                + Stream.concat(values, ratios).collect(Collectors.joining(" | ")) + " |";
    }
}
