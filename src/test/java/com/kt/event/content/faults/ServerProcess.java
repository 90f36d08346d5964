package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on the same port throughout the test. It can be killed and restarted. */
abstract class ServerProcess implements AutoCloseable {
    static final Path BUILD = Path.of(System.getProperty("project.build.directory", "target")).toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final int port;
    private final Path log;
    private volatile Process process;

    /** @param logs the directory of its output over all starts, for reading after a failure */
    ServerProcess(String name, Path logs) {
        this.name = name;
        this.port = freePort();
        this.log = createDirectories(logs).resolve(name + ".log");
    }

    abstract List<String> command();

    final String name() {
        return name;
    }

    final int port() {
        return port;
    }

    /** Starts the process and does not wait until it is ready. */
    void start() {
        assertThat(isAlive()).as("%s runs already", name).isFalse();
        try {
            process = new ProcessBuilder(command()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // An interrupted test run leaves no processes behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    final boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. Returns when the process is gone. */
    final void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(PATIENCE);
        }
    }

    /** SIGTERM. Does not wait. */
    final void terminate() {
        signal("TERM");
    }

    /** SIGSTOP: the process is frozen, with all its connections open. */
    final void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    final void thaw() {
        signal("CONT");
    }

    /** The exit code. */
    final int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s exits within %s, see %s", name, limit, log).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** The CPU time that it has used, in hundredths of a second: utime and stime of stat, proc(5). 0 if unknown. */
    final long cpuTicks() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            return 0;
        }
    }

    final Path log() {
        return log;
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String signal) {
        try {
            String pid = Long.toString(process.pid());
            assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static File createdDirectory(String name) {
        return createDirectories(BUILD.resolve("faults").resolve(name)).toFile();
    }

    private static Path createDirectories(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Below the ephemeral ports, so that it is still free when the process is restarted; and
     * such that the port 10,000 above it, which Redis Cluster uses as well, exists and is free.
     */
    static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(11_000, 22_000);
            if (isFree(port) && isFree(port + 10_000)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
