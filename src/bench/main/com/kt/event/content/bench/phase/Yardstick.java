package com.kt.event.content.bench.phase;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.kt.event.content.bench.process.Processes;
import com.kt.event.content.bench.report.Statistics;

/**
 * An executable that does nothing but start and end. Starts are given as multiples of its time, because absolute times differ
 * from machine to machine and from day to day.
 *
 * @param key part of the row's key
 */
record Yardstick(String key, String label, List<String> command) {

    /** An empty Java program, and an empty Node program where Node is installed. */
    static List<Yardstick> available(String java) {
        List<Yardstick> yardsticks = new ArrayList<>();
        yardsticks.add(new Yardstick("java", "an empty Java program",
                List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), EmptyProgram.class.getName())));
        boolean hasNode = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        if (hasNode) {
            yardsticks.add(new Yardstick("node", "`node -e 0`", List.of("node", "-e", "0")));
        }
        return yardsticks;
    }

    /** The median of so many runs, in seconds. */
    double seconds(Processes processes, int runs) {
        return Statistics.median(Stream.generate(() -> {
            long started = System.nanoTime();
            processes.run(key, command);
            return (System.nanoTime() - started) / 1e9;
        }).limit(runs).toList());
    }
}
