package com.kt.event.content.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server from the jar that dev mode uses, in a directory of its own. After a restart it has the same port and
 * data.
 */
final class RedisProcess extends ServerProcess {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Path directory;

    /**
     * @param settings lines of redis.conf, which add to or replace the defaults: no snapshots, no append-only file.
     *        With {@code sentinel monitor …} it is a sentinel, which is another kind of server in the same executable
     */
    RedisProcess(String name, Path logs, String... settings) {
        super(name, logs);
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port(), "save \"\"", "appendonly no"));
        lines.addAll(List.of(settings));
        try {
            directory = Files.createTempDirectory("redis");
            Files.write(configuration(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSentinel() throws IOException {
        return Files.readAllLines(configuration()).stream().anyMatch(line -> line.startsWith("sentinel "));
    }

    @Override
    List<String> command() {
        try {
            List<String> command = new ArrayList<>(List.of(Executable.FILE.getPath(), configuration().toString(),
                    "--dir", directory.toString()));
            if (isSentinel()) {
                command.add("--sentinel");
            }
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also waits until it replies. */
    @Override
    void start() {
        super.start();
        awaitReady();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Jedis redis = connect()) {
                // While it loads its data, it replies with an error.
                return redis.ping().equals("PONG");
            }
        });
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /** A connection of its own, to be closed. */
    Jedis connect() {
        return new Jedis("127.0.0.1", port(), TIMEOUT_MILLIS);
    }

    @Override
    public void close() {
        super.close();
        try (var files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return directory.resolve("redis.conf");
    }

    /** Unpacked once, when first needed. */
    private static final class Executable {
        private static final File FILE = unpack();

        private static File unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider(createdDirectory("redis")).get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
