package com.kt.event.content.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.bench.BenchException;

class ReportTest {
    private static final Metric CPU = Metric.cost("cpu", "CPU per request", "µs");
    private static final Metric ERRORS = Metric.failures("post.errors", "… errors");

    @Test
    void theTableHasValuesAndRatios() {
        assertThat(MarkdownTable.write(sample())).isEqualTo("""
                - date: today
                - quiet

                | | floor | old | new | old / floor | new / floor | new / old |
                |---|---:|---:|---:|---:|---:|---:|
                | CPU per request, µs | 10 | 42.5 | 20 | 4.25 | 2 | 0.47 |
                | … errors | – | 3 | 0 | – | – | – |
                """);
    }

    @Test
    void theFileIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), ReportFile.write(sample()));

        Report read = ReportFile.read(file);

        assertThat(MarkdownTable.write(read)).isEqualTo(MarkdownTable.write(sample()));
        assertThat(ReportFile.write(read)).isEqualTo(ReportFile.write(sample()));
    }

    @Test
    void theFileHasTheRoundsAndTheRatio() {
        assertThat(ReportFile.write(sample())).contains("\"timesFloor\" : 4.25").contains("[ 40.0, 45.0 ]");
    }

    @Test
    void anotherFileIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> ReportFile.read(file)).isInstanceOf(BenchException.class)
                .hasMessageContaining("other.json is no JSON file of this benchmark");
        assertThatThrownBy(() -> ReportFile.read(missing)).isInstanceOf(BenchException.class)
                .hasMessageContaining("there is no");
    }

    @Test
    void failuresAreAddedUpAndNamed() {
        assertThat(sample().measurements().failures(List.of("floor", "old", "new")))
                .containsExactly("old: post.errors: 3");
    }

    @Test
    void aDeclaredRowKeepsItsPlace() {
        Measurements measurements = new Measurements();
        measurements.row(ERRORS);
        measurements.add(CPU, "jvm", 1);
        measurements.add(ERRORS, "jvm", 0);

        assertThat(measurements.rows()).extracting(Row::metric).containsExactly(ERRORS, CPU);
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertThat(List.of(0.0, 0.123, 12.34, 123.4, 12345.6).stream().map(Figure::format))
                .containsExactly("0", "0.12", "12.3", "123", "12,346");
    }

    private static Report sample() {
        Measurements measurements = new Measurements();
        for (double value : List.of(10.0, 10.0)) {
            measurements.add(CPU, "floor", value);
        }
        measurements.add(CPU, "old", 40);
        measurements.add(CPU, "old", 45);
        measurements.add(CPU, "new", 20);
        measurements.add(CPU, "new", 20);
        measurements.add(ERRORS, "old", 1);
        measurements.add(ERRORS, "old", 2);
        measurements.add(ERRORS, "new", 0);
        return new Report(Map.of("date", "today"), List.of("floor", "old", "new"), "floor", measurements,
                List.of("quiet"));
    }
}
