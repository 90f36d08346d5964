package com.kt.event.content.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.kt.event.content.bench.lab.ImageApiStub;
import com.kt.event.content.bench.phase.Phase;
import com.kt.event.content.bench.phase.Settings;

/** The options of the command line. */
final class Options {
    static final String HELP = """
            src/bench/run [options]             measures, and prints a table
            src/bench/run --compare A.json B.json   compares two runs

            --service [NAME=]jvm|native|PATH    what to measure, repeatable: this repository's JVM build, its native
                                                executable, or another executable, quarkus-run.jar or quarkus-app;
                                                by default whatever is built here
            --no-floor                          without the bare Vert.x server
            --phases start,idle,pickup,jobs,read,post,inflight,arriving,renditions,streams
                                                all by default
            --rounds N                          rounds over the systems (3)
            --seconds N                         length of a window of requests (3)
            --warm-up N                         seconds of jobs, and of requests, before (12)
            --smoke                             a minute that only shows that everything works
            --response url|b64                  what the image API's responses hold (url)
            --java PATH                         the java that runs the service (the one that runs the benchmark)
            --java-options "…"                  its options (-Xmx256m)
            --out DIR                           where results.md, results.json and logs go
            """;

    private final List<String> services = new ArrayList<>();
    private Settings settings = Settings.FULL;
    private Set<Phase> phases = EnumSet.allOf(Phase.class);
    private ImageApiStub.Form form = ImageApiStub.Form.URL;
    private String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private List<String> javaOptions = List.of("-Xmx256m");
    private List<Path> compared = List.of();
    private Path out;
    private boolean isSmoke;
    private boolean hasFloor = true;
    private boolean wantsHelp;

    static Options parse(String... arguments) {
        Options options = new Options();
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        // First, so that the other options change its settings wherever it stands.
        if (left.remove("--smoke")) {
            options.isSmoke = true;
            options.settings = Settings.SMOKE;
        }
        while (!left.isEmpty()) {
            options.take(left.poll(), left);
        }
        return options;
    }

    private void take(String option, Deque<String> left) {
        switch (option) {
            case "--service" -> services.add(value(option, left));
            case "--no-floor" -> hasFloor = false;
            case "--phases" -> phases = phases(value(option, left));
            case "--rounds" -> settings = settings.withRounds(number(option, left));
            case "--seconds" -> settings = settings.withSeconds(number(option, left));
            case "--warm-up" -> settings = settings.withWarmUp(number(option, left));
            case "--response" -> form = form(value(option, left));
            case "--java" -> java = value(option, left);
            case "--java-options" -> javaOptions = List.of(value(option, left).trim().split("\\s+"));
            case "--out" -> out = Path.of(value(option, left)).toAbsolutePath();
            case "--compare" -> compared = List.of(Path.of(value(option, left)), Path.of(value(option, left)));
            case "--help", "-h" -> wantsHelp = true;
            default -> throw new BenchException("there is no option " + option + ". The options are:\n\n" + HELP);
        }
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new BenchException(option + " needs a value. The options are:\n\n" + HELP);
        }
        return left.poll();
    }

    private static int number(String option, Deque<String> left) {
        String value = value(option, left);
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new BenchException(option + " needs a number from 1 to 9999, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static Set<Phase> phases(String names) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (String name : names.split(",")) {
            phases.add(Arrays.stream(Phase.values()).filter(phase -> phase.option().equals(name)).findFirst()
                    .orElseThrow(
                            () -> new BenchException("there is no phase " + name + ". The options are:\n\n" + HELP)));
        }
        return phases;
    }

    private static ImageApiStub.Form form(String name) {
        try {
            return ImageApiStub.Form.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BenchException("--response is url or b64, not " + name, e);
        }
    }

    List<String> services() {
        return services;
    }

    Settings settings() {
        return settings;
    }

    Set<Phase> phases() {
        return phases;
    }

    ImageApiStub.Form form() {
        return form;
    }

    String java() {
        return java;
    }

    List<String> javaOptions() {
        return javaOptions;
    }

    /** The two files to compare; empty if there is something to measure. */
    List<Path> compared() {
        return compared;
    }

    /** Null if it is not given. */
    Path out() {
        return out;
    }

    boolean isSmoke() {
        return isSmoke;
    }

    boolean hasFloor() {
        return hasFloor;
    }

    boolean wantsHelp() {
        return wantsHelp;
    }
}
