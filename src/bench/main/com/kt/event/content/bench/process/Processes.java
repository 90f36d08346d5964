package com.kt.event.content.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.kt.event.content.bench.BenchException;

/**
 * Starts the child processes and owns the directory of their files. When the benchmark ends, is interrupted or fails, the
 * children are stopped and the directory is deleted.
 */
public class Processes {
    private static final List<String> KEPT = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

    private final Set<ManagedProcess> running = ConcurrentHashMap.newKeySet();
    private final Path directory;
    private boolean isClosed;

    public Processes() {
        try {
            directory = Files.createTempDirectory("content-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A directory that exists as long as the benchmark runs. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process whose environment has only these variables and the basic ones; its output goes to the log. */
    public synchronized ManagedProcess start(String name, List<String> command, Map<String, String> environment,
            Path log) {
        if (isClosed) {
            throw new BenchException("the benchmark is being stopped");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(directory.toFile());
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(environment);
        try {
            ManagedProcess process = new ManagedProcess(name, builder.start(), log);
            running.add(process);
            return process;
        } catch (IOException e) {
            throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** Runs a process to its end and returns its output. */
    public String run(String name, List<String> command) {
        Path log = directory("logs").resolve(name + ".out");
        try {
            Files.deleteIfExists(log);
            ManagedProcess process = start(name, command, Map.of(), log);
            int exit = process.waitFor();
            running.remove(process);
            if (exit != 0) {
                throw new BenchException(name + " failed with exit code " + exit + ":\n" + process.lastLines());
            }
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new BenchException(name + " was interrupted", e);
        }
    }

    public void stop(ManagedProcess process) {
        process.stop();
        running.remove(process);
    }

    /** The benchmark is being stopped, so that whatever fails now is no finding. */
    public synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized void close() {
        isClosed = true;
        running.parallelStream().forEach(ManagedProcess::stop);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: " + directory + " could not be deleted: " + e.getMessage());
        }
    }
}
