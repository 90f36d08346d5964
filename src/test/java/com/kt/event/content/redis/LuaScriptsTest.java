package com.kt.event.content.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.kt.event.content.embedded.EmbeddedRedis;

import redis.clients.jedis.Jedis;

/** Runs each script as an operator may: {@code redis-cli --eval file key , arguments}. */
class LuaScriptsTest {
    private static final Pattern ARGUMENT = Pattern
            .compile("-- ARGV\\[(\\d+|n\\+\\d+)(\\.\\.\\.(?:n\\+\\d+)?)?] \\S.*");
    private static final Pattern USED = Pattern.compile("ARGV\\[(\\d+)]");

    private static final Path FOLDER = Path.of("src/main/resources/redis");
    private static final String EXTENSION = ".lua";

    private static final EmbeddedRedis SERVER = new EmbeddedRedis();
    private static URI address;
    private static boolean hasRedisCli;
    private static Jedis redis;

    @BeforeAll
    static void start() {
        address = SERVER.getHosts().iterator().next();
        redis = new Jedis(address);
        hasRedisCli = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-cli")));
    }

    @AfterAll
    static void stop() {
        redis.close();
        SERVER.stop();
    }

    @BeforeEach
    void empty() {
        redis.flushAll();
    }

    @Test
    void everyScriptHasACase() {
        assertThat(LuaScriptCases.all().map(LuaScriptCases.Case::script).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(names());
    }

    @ParameterizedTest
    @MethodSource
    void everyScriptSaysWhatItTakesAndWhatItReturns(String name) throws IOException {
        List<String> lines = Files.readAllLines(file(name));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(lines.get(0)).matches("-- KEYS\\[1] [a-z]+:\\S+");

        List<String> documented = new ArrayList<>();
        List<String> rest = new ArrayList<>(lines.subList(1, lines.size()));
        for (Matcher argument = ARGUMENT.matcher(rest.get(0)); argument.matches(); argument = ARGUMENT
                .matcher(rest.get(0))) {
            documented.add(argument.group(1));
            rest.remove(0);
        }
        assertThat(rest.get(0)).matches("-- returns \\S.*");
        assertThat(documented).containsAll(USED.matcher(String.join("\n", rest)).results()
                .map(used -> used.group(1)).toList());
    }

    static List<String> everyScriptSaysWhatItTakesAndWhatItReturns() {
        return names();
    }

    @ParameterizedTest
    @MethodSource
    void runsByItself(LuaScriptCases.Case each) throws Exception {
        each.given().accept(redis);

        assertThat(hasRedisCli ? runByRedisCli(each) : run(each)).matches(each.answer());

        each.then().accept(redis);
    }

    static Stream<LuaScriptCases.Case> runsByItself() {
        return LuaScriptCases.all();
    }

    private static String runByRedisCli(LuaScriptCases.Case each) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-h", address.getHost(), "-p",
                Integer.toString(address.getPort()), "--eval", file(each.script()).toString(), each.key(),
                ","));
        command.addAll(each.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer.strip();
    }

    /** As redis-cli prints it. */
    private static String run(LuaScriptCases.Case each) {
        return text(redis.eval(RedisScript.load(each.script()).text(), List.of(each.key()), each.arguments())).strip();
    }

    private static String text(Object answer) {
        if (answer instanceof List<?> list) {
            return list.stream().map(LuaScriptsTest::text).collect(Collectors.joining("\n"));
        }
        return answer == null ? "" : answer.toString();
    }

    /** All scripts, as {@link RedisScript#load} names them. */
    private static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.map(file -> FOLDER.relativize(file).toString()).filter(file -> file.endsWith(EXTENSION))
                    .map(file -> file.substring(0, file.length() - EXTENSION.length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + EXTENSION);
    }
}
