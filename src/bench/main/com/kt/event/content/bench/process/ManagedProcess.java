package com.kt.event.content.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.kt.event.content.bench.BenchException;

/** A child process with a log file. */
public class ManagedProcess {
    private static final int STOP_SECONDS = 5;
    private static final int LAST_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    ManagedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    public long pid() {
        return process.pid();
    }

    /** Fails with the last lines of its log if the process has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException(
                    name + " has ended with exit code " + process.exitValue() + ". The end of its log:\n"
                            + lastLines());
        }
    }

    /** For the message of a failure. */
    public String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    /** Waits for the process to end by itself. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, and SIGKILL if that has not ended the process after five seconds. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
