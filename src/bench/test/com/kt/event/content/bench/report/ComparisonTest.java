package com.kt.event.content.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.bench.BenchException;
import com.kt.event.content.bench.report.Comparison.Outcome;
import com.kt.event.content.bench.report.Comparison.Verdict;

class ComparisonTest {
    private static final Metric CPU = Metric.cost("cpu", "CPU", "µs");
    private static final Metric RATE = Metric.rate("rate", "rate", "1/s");
    private static final Metric COMMANDS = Metric.count("commands", "commands");
    private static final Metric ERRORS = Metric.failures("errors", "errors");

    @Test
    void lessCostIsBetterAndALowerRateIsWorse() {
        assertThat(compare(CPU, 100, 80).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(compare(CPU, 100, 120).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compare(RATE, 100, 80).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compare(RATE, 100, 120).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void aTenthOfATimeIsNoise() {
        assertThat(compare(CPU, 100, 109).verdict()).isEqualTo(Verdict.SAME);
        assertThat(compare(RATE, 100, 91).verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void aCommandInFiftyIsNone() {
        assertThat(compare(COMMANDS, 40, 40.5).verdict()).isEqualTo(Verdict.SAME);
        assertThat(compare(COMMANDS, 40, 41).verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void anErrorIsWorseThanNone() {
        Outcome outcome = compare(ERRORS, 0, 1);

        assertThat(outcome.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(outcome.change()).isInfinite();
        assertThat(compare(ERRORS, 0, 0).verdict()).isEqualTo(Verdict.SAME);
        assertThat(compare(ERRORS, 2, 1).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void roundsThatDisagreeRaiseTheThreshold() {
        Report before = report(null, "jvm", CPU, 100, 130, 100);
        Report after = report(null, "jvm", CPU, 75, 75, 75);

        Outcome outcome = outcome(before, after);

        assertThat(outcome.noise()).isGreaterThan(0.29);
        assertThat(outcome.verdict()).isEqualTo(Verdict.SAME);
    }

    /** The machine was twice as slow, and so was the floor. */
    @Test
    void timesAreComparedAsRatiosToTheFloor() {
        Report before = withFloor(report("floor", "jvm", CPU, 100, 100), CPU, 50, 50);
        Report after = withFloor(report("floor", "jvm", CPU, 200, 200), CPU, 100, 100);

        Outcome outcome = outcome(before, after);

        assertThat(outcome.isRatio()).isTrue();
        assertThat(outcome.before()).isEqualTo(2);
        assertThat(outcome.verdict()).isEqualTo(Verdict.SAME);
    }

    /** A slow machine needs no more commands and no more memory. */
    @Test
    void commandsAndMemoryAreComparedAsValues() {
        for (Metric metric : List.of(COMMANDS, Metric.size("rss", "RSS", "MB"))) {
            Report before = withFloor(report("floor", "jvm", metric, 40, 40), metric, 10, 10);
            Report after = withFloor(report("floor", "jvm", metric, 40, 40), metric, 20, 20);

            Outcome outcome = outcome(before, after);

            assertThat(outcome.isRatio()).isFalse();
            assertThat(outcome.verdict()).isEqualTo(Verdict.SAME);
        }
    }

    @Test
    void theOnlyServicesAreComparedWhateverTheirNames() {
        assertThat(outcome(report(null, "old", CPU, 100), report(null, "new", CPU, 50)).verdict())
                .isEqualTo(Verdict.BETTER);
    }

    @Test
    void runsWithoutACommonSystemAreRefused() {
        Report before = new Report(Map.of(), List.of("a", "b"), null, new Measurements(), List.of());

        assertThatThrownBy(() -> new Comparison(before, report(null, "jvm", CPU, 1)).outcomes())
                .isInstanceOf(BenchException.class).hasMessageContaining("[a, b]").hasMessageContaining("[jvm]");
    }

    @Test
    void theTableBeginsWithWhatIsWorse() {
        Report before = report(null, "jvm", CPU, 100);
        before.measurements().add(RATE, "jvm", 100);
        Report after = report(null, "jvm", CPU, 50);
        after.measurements().add(RATE, "jvm", 50);

        assertThat(new Comparison(before, after).write().lines().skip(2)).containsExactly(
                "| worse | rate, 1/s | jvm | 100 | 50 | -50 % | 10 % |",
                "| better | cpu, µs | jvm | 100 | 50 | -50 % | 10 % |");
    }

    private static Outcome compare(Metric metric, double before, double after) {
        return outcome(report(null, "jvm", metric, before), report(null, "jvm", metric, after));
    }

    private static Outcome outcome(Report before, Report after) {
        List<Outcome> outcomes = new Comparison(before, after).outcomes();
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static Report report(String floor, String system, Metric metric, double... rounds) {
        Measurements measurements = new Measurements();
        for (double value : rounds) {
            measurements.add(metric, system, value);
        }
        return new Report(Map.of(), Stream.concat(Stream.ofNullable(floor), Stream.of(system)).toList(), floor,
                measurements, List.of());
    }

    private static Report withFloor(Report report, Metric metric, double... rounds) {
        for (double value : rounds) {
            report.measurements().add(metric, "floor", value);
        }
        return report;
    }
}
