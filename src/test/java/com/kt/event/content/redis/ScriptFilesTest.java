package com.kt.event.content.redis;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.embedded.EmbeddedRedis;

import redis.clients.jedis.Jedis;

/** Each script says what it takes and returns, and Redis can compile it. */
class ScriptFilesTest {
    private static final EmbeddedRedis SERVER = new EmbeddedRedis();
    private static final Pattern ARGUMENT = Pattern.compile("ARGV\\[(\\d+)");

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/redis"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void opensWithItsKeyItsArgumentsAndItsResult(Path script) throws IOException {
        List<String> header = Files.readAllLines(script).stream().takeWhile(line -> line.startsWith("-- ")).toList();

        assertThat(script.toString()).endsWith(".lua");
        assertThat(header).first().asString().startsWith("-- KEYS[1] ");
        assertThat(header).last().asString().startsWith("-- returns ");
        assertThat(header.subList(1, header.size() - 1)).allMatch(line -> line.startsWith("-- ARGV["));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void namesEachArgumentThatItReads(Path script) throws IOException {
        List<String> lines = Files.readAllLines(script);

        assertThat(arguments(lines.stream().takeWhile(line -> line.startsWith("-- "))))
                .containsAll(arguments(lines.stream().filter(line -> !line.startsWith("-- "))));
    }

    private static Set<String> arguments(Stream<String> lines) {
        return lines.flatMap(line -> ARGUMENT.matcher(line).results()).map(found -> found.group(1)).collect(toSet());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void compiles(Path script) throws IOException {
        String text = Files.readString(script);

        try (Jedis redis = new Jedis(SERVER.getHosts().iterator().next())) {
            assertThat(redis.scriptLoad(text)).isEqualTo(RedisScript.of(text).digest());
        }
    }
}
