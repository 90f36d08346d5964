package com.kt.event.content.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.bench.lab.Launch;

/** What a reader must know beside the values: when, where, with what they were measured. */
class Facts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    private final Tools tools;

    Facts(Tools tools) {
        this.tools = tools;
    }

    Map<String, String> of(String[] arguments, Options options, List<Launch> launches) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", ZonedDateTime.now(ZoneOffset.UTC).format(TIME));
        facts.put("command", ("src/bench/run " + String.join(" ", arguments)).trim());
        facts.put("machine", machine());
        facts.put("versions", tools.redis() + ", " + tools.wrk() + ", " + tools.java(options.java()));
        for (Launch launch : launches) {
            facts.put(launch.name(), launch.isFloor() ? "bare Vert.x" : start(launch));
        }
        facts.put("settings", options.settings().toString());
        return facts;
    }

    private static String start(Launch launch) {
        String file = launch.command().stream().filter(word -> word.contains("/")).reduce((a, b) -> b).orElseThrow();
        return launch.command().stream().map(Facts::withoutFolder).collect(joining(" ")) + size(Path.of(file));
    }

    /** Where things are on a machine says nothing to others. */
    private static String withoutFolder(String word) {
        return word.startsWith("/") ? Path.of(word).getFileName().toString() : word;
    }

    private static String size(Path file) {
        try {
            return file.toString().endsWith(".jar") ? "" : ", %.1f MB".formatted(Files.size(file) / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String machine() {
        String cpu = firstLine("/proc/cpuinfo", "model name").replaceFirst(".*: *", "");
        long kilobytes = Long.parseLong(firstLine("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
        return "%d × %s, %.0f GB, Linux %s".formatted(Runtime.getRuntime().availableProcessors(),
                cpu.isEmpty() ? System.getProperty("os.arch") : cpu, kilobytes * 1024 / 1e9,
                System.getProperty("os.version"));
    }

    private static String firstLine(String file, String start) {
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(start)).findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
