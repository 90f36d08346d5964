package com.kt.event.content.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.bench.lab.Launch;

class LaunchesTest {
    @TempDir
    Path target;
    private Path jar;
    private Path executable;

    @BeforeEach
    void build() throws IOException {
        jar = Files.createFile(Files.createDirectories(target.resolve("quarkus-app")).resolve("quarkus-run.jar"));
        executable = Files.createFile(target.resolve("content-service-runner"));
    }

    @Test
    void whateverIsBuiltIsMeasuredBesideTheFloor() throws IOException {
        assertThat(new Launches(target, Options.parse()).all()).extracting(Launch::name)
                .containsExactly("floor", "jvm", "native");

        Files.delete(executable);
        assertThat(new Launches(target, Options.parse("--no-floor")).all()).extracting(Launch::name)
                .containsExactly("jvm");
    }

    @Test
    void aJarRunsOnJavaAndAnExecutableByItself() {
        Options options = Options.parse("--no-floor", "--java", "/jdk/java", "--service",
                "a=" + target.resolve("quarkus-app"),
                "--service", "b=" + executable);

        assertThat(new Launches(target, options).all()).containsExactly(
                new Launch("a", List.of("/jdk/java", "-Xmx256m", "-jar", jar.toString()), false),
                new Launch("b", List.of(executable.toString(), "-Xmx256m"), false));
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        Files.delete(executable);
        assertThatThrownBy(() -> new Launches(target, Options.parse("--service", "native")).all())
                .isInstanceOf(BenchException.class).hasMessageContaining("./mvnw package -Dnative");

        Files.delete(jar);
        assertThatThrownBy(() -> new Launches(target, Options.parse()).all())
                .isInstanceOf(BenchException.class).hasMessageContaining("./mvnw package -DskipTests");
    }

    @Test
    void twoSystemsOfOneNameAreRefused() {
        Options options = Options.parse("--service", "jvm", "--service", "jvm=" + executable);

        assertThatThrownBy(() -> new Launches(target, options).all()).isInstanceOf(BenchException.class)
                .hasMessageContaining("same name");
    }

    @Test
    void versionsAreFoundInWhatTheToolsPrint() {
        assertThat(Tools.version("Redis server v=7.0.15 sha=00000000:0")).isEqualTo("7.0.15");
        assertThat(Tools.version("wrk debian/4.1.0-3+b2 [epoll]")).isEqualTo("4.1.0-3+b2");
        assertThat(Tools.version("wrk 4.2.0 [epoll] Copyright")).isEqualTo("4.2.0");
        assertThat(Tools.version("openjdk version \"17.0.15\" 2025-04-15")).isEqualTo("17.0.15");
        assertThat(Tools.version("?")).isEqualTo("of unknown version");
    }
}
