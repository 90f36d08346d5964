package com.kt.event.content.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.kt.event.content.bench.lab.SystemUnderTest;
import com.kt.event.content.bench.process.Processes;

/** Runs wrk, which sends as many requests as so many connections get responses to. */
public class Wrk {
    private final Processes processes;
    private final Path scripts;

    public Wrk(Processes processes, Path scripts) {
        this.processes = processes;
        this.scripts = scripts;
    }

    /** POST generate for distinct drafts, the first of which has this number. */
    public WrkResult generate(SystemUnderTest system, int connections, int seconds, int firstDraft) {
        return run(system, connections, seconds, "drafts.lua", Integer.toString(firstDraft));
    }

    /** Requests of these paths, again and again. */
    public WrkResult paths(SystemUnderTest system, int connections, int seconds, String method, List<String> paths) {
        Path file = processes.directory("wrk").resolve("paths");
        try {
            Files.write(file, paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run(system, connections, seconds, "paths.lua", method, file.toString());
    }

    private WrkResult run(SystemUnderTest system, int connections, int seconds, String script, String... arguments) {
        Stream<String> command = Stream.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "30s",
                "-s",
                scripts.resolve(script).toString(), "http://127.0.0.1:" + system.port(), "--");
        String output = processes.run("wrk",
                Stream.concat(command, Stream.of(arguments)).collect(Collectors.toList()));
        system.requireAlive();
        return WrkResult.parse(output);
    }
}
