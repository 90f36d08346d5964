package com.kt.event.content.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.kt.event.content.bench.BenchException;

/**
 * Compares two runs, row by row. Where both have a floor, times and rates are compared as ratios to it, because
 * machines differ from day to day; everything else as values.
 */
public final class Comparison {
    private final Report before;
    private final Report after;

    enum Verdict {
        BETTER, SAME, WORSE
    }

    /**
     * @param before a ratio to the floor if {@code isRatio}, else a value
     * @param change relative: 0.1 for a tenth more
     * @param noise the relative change that must be exceeded
     */
    record Outcome(Metric metric, String system, boolean isRatio, double before, double after, double change,
            double noise, Verdict verdict) {
    }

    public Comparison(Report before, Report after) {
        this.before = before;
        this.after = after;
    }

    /** A Markdown table, worse rows first. */
    public String write() {
        List<String> lines = new ArrayList<>();
        lines.add("| verdict | row | system | before | after | change | noise |");
        lines.add("|---|---|---|---:|---:|---:|---:|");
        List<Outcome> outcomes = outcomes();
        for (Verdict verdict : List.of(Verdict.WORSE, Verdict.BETTER, Verdict.SAME)) {
            outcomes.stream().filter(outcome -> outcome.verdict() == verdict).map(Comparison::line).forEach(lines::add);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(Outcome outcome) {
        String unit = outcome.isRatio() ? "× floor" : outcome.metric().unit();
        return "| %s | %s%s | %s | %s | %s | %+.0f %% | %.0f %% |".formatted(outcome.verdict().name().toLowerCase(),
                outcome.metric().key(), unit.isEmpty() ? "" : ", " + unit, outcome.system(),
                Figure.format(outcome.before()), Figure.format(outcome.after()), outcome.change() * 100,
                outcome.noise() * 100);
    }

    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : after.measurements().rows()) {
            Row earlier = before.measurements().row(row.metric());
            for (String system : after.services()) {
                counterpart(system).flatMap(other -> compare(earlier, other, row, system)).ifPresent(outcomes::add);
            }
        }
        if (outcomes.isEmpty()) {
            throw new BenchException("the two files have no row of the same system: one has " + before.services()
                    + ", the other " + after.services());
        }
        return outcomes;
    }

    /** The system of the same name; if each run has one service, that one whatever its name. */
    private Optional<String> counterpart(String system) {
        List<String> candidates = before.services();
        if (candidates.contains(system)) {
            return Optional.of(system);
        }
        return candidates.size() == 1 && after.services().size() == 1
                ? Optional.of(candidates.get(0))
                : Optional.empty();
    }

    private Optional<Outcome> compare(Row earlier, String earlierSystem, Row later, String system) {
        if (earlier.value(earlierSystem).isEmpty() || later.value(system).isEmpty()) {
            return Optional.empty();
        }
        boolean isRatio = later.metric().kind().isOfTheMachine() && before.floor() != null && after.floor() != null
                && earlier.ratio(earlierSystem, before.floor()).isPresent()
                && later.ratio(system, after.floor()).isPresent();
        double was = isRatio
                ? earlier.ratio(earlierSystem, before.floor()).getAsDouble()
                : earlier.value(earlierSystem).getAsDouble();
        double is = isRatio ? later.ratio(system, after.floor()).getAsDouble() : later.value(system).getAsDouble();
        double noise = Math.max(noise(earlier, earlierSystem, isRatio ? before.floor() : ""),
                noise(later, system, isRatio ? after.floor() : ""));
        double change = was == is ? 0 : was == 0 ? Double.POSITIVE_INFINITY : (is - was) / Math.abs(was);
        return Optional.of(new Outcome(later.metric(), system, isRatio, was, is, change, noise,
                verdict(later.metric(), change, noise)));
    }

    private static double noise(Row row, String system, String floor) {
        Metric.Kind kind = row.metric().kind();
        return kind == Metric.Kind.FAILURES
                ? 0
                : Math.max(kind.noise(), Statistics.spread(row.comparable(system, floor)));
    }

    private static Verdict verdict(Metric metric, double change, double noise) {
        if (Math.abs(change) <= noise) {
            return Verdict.SAME;
        }
        return change > 0 == metric.kind().isMoreBetter() ? Verdict.BETTER : Verdict.WORSE;
    }
}
