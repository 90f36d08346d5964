package com.kt.event.content.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import com.kt.event.content.bench.lab.Launch;
import com.kt.event.content.bench.report.Comparison;
import com.kt.event.content.bench.report.MarkdownTable;
import com.kt.event.content.bench.report.Report;
import com.kt.event.content.bench.report.ReportFile;

/**
 * Measures the service beside the floor, or compares two runs. The exit code is 0; 1 if it could not be measured or if there
 * were errors or losses.
 */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) throws IOException {
        int exit;
        try {
            exit = run(arguments);
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private static int run(String[] arguments) throws IOException {
        Options options = Options.parse(arguments);
        if (options.wantsHelp()) {
            System.out.print(Options.HELP);
            return 0;
        }
        if (!options.compared().isEmpty()) {
            print(new Comparison(ReportFile.read(options.compared().get(0)), ReportFile.read(options.compared().get(1)))
                    .write());
            return 0;
        }
        return measure(arguments, options);
    }

    private static int measure(String[] arguments, Options options) throws IOException {
        Tools tools = new Tools();
        Path home = Path.of(System.getProperty("bench.home"));
        Path target = home.resolve("../../target").normalize();
        List<Launch> launches = new Launches(target, options).all();
        Path out = Files.createDirectories(options.out() == null ? unused(target) : options.out());
        Benchmark benchmark = new Benchmark(options, launches, home, out);
        Report report = benchmark.run(new Facts(tools).of(arguments, options, launches));
        String table = MarkdownTable.write(report);
        Files.writeString(out.resolve("results.md"), table);
        Files.writeString(out.resolve("results.json"), ReportFile.write(report));
        print(table);
        System.err.println("bench: " + out.resolve("results.json"));
        List<String> failures = benchmark.failures();
        failures.forEach(failure -> System.err.println("bench: failed: " + failure));
        return failures.isEmpty() ? 0 : 1;
    }

    private static Path unused(Path target) {
        return target.resolve("bench/results/"
                + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
    }

    private static void print(String text) {
        System.out.write(text.getBytes(StandardCharsets.UTF_8), 0, text.getBytes(StandardCharsets.UTF_8).length);
        System.out.flush();
    }
}
