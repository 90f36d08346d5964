package com.kt.event.content.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.kt.event.content.embedded.EmbeddedRedis;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** The commands of the executable other than serving. */
@QuarkusMainTest
class MainTest {
    @TempDir
    Path images;

    private final EmbeddedRedis redis = new EmbeddedRedis();
    private URI address;

    @BeforeEach
    void startRedis() {
        address = redis.getHosts().iterator().next();
        System.setProperty("quarkus.redis.hosts", address.toString());
        System.setProperty("content.store.directory", "/proc/images");
    }

    /** The command sets system properties for a process that ends with it. */
    @AfterEach
    void cleanUp() {
        redis.stop();
        Main.WHILE_CHECKING.keySet().forEach(System::clearProperty);
        System.clearProperty("quarkus.redis.hosts");
        System.clearProperty("content.store.directory");
    }

    @Test
    void saysInOneLineThatAllIsWell(QuarkusMainLauncher launcher) throws IOException {
        redis("SET content:idempotency:a 1 EX 100");

        LaunchResult result = launcher.launch("check");

        assertThat(result.getOutputStream()).last().isEqualTo("ok: 0 jobs, 0 queue entries, 1 keys checked");
        assertThat(result.getErrorOutput()).isBlank();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void namesEachThingThatIsBrokenAndCountsOrphans(QuarkusMainLauncher launcher) throws IOException {
        System.setProperty("content.store.directory", images.toString());
        redis("SET content:idempotency:a 1");
        redis("SET content:idempotency:b 1");

        LaunchResult result = launcher.launch("check");

        assertThat(result.getOutputStream()).hasSize(3).last()
                .isEqualTo("0 orphaned images, which no job and no draft names");
        assertThat(result.getOutputStream().subList(0, 2))
                .allMatch(line -> line.matches("content:idempotency:[ab]: has no time to live .*"));
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void reportsThatItCannotReadRedis(QuarkusMainLauncher launcher) {
        redis.stop();

        LaunchResult result = launcher.launch("check");

        assertThat(result.getOutput()).isBlank();
        assertThat(result.getErrorStream()).singleElement().asString().contains("Redis cannot be read", "refused");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void doesNotTakeAWrongSettingForSomethingBroken(QuarkusMainLauncher launcher) {
        System.setProperty("content.job.ttl", "1m");
        try {
            LaunchResult result = launcher.launch("check");

            assertThat(result.getErrorOutput()).contains("content.job.deadline (CONTENT_JOB_DEADLINE) must be shorter");
            assertThat(result.exitCode()).isEqualTo(2);
        } finally {
            System.clearProperty("content.job.ttl");
        }
    }

    @Test
    void doesNotStartWithAWrongSettingAndNamesIt(QuarkusMainLauncher launcher) {
        System.setProperty("content.worker.enabled", "ture");
        try {
            LaunchResult result = launcher.launch();

            assertThat(result.getErrorStream()).singleElement().asString()
                    .startsWith("content.worker.enabled (CONTENT_WORKER_ENABLED) must be true or false");
            assertThat(result.exitCode()).isEqualTo(1);
        } finally {
            System.clearProperty("content.worker.enabled");
        }
    }

    /** The command has the settings of the service, and starts none. */
    @Test
    void saysInOneLineThatNoServiceIsUp(QuarkusMainLauncher launcher) {
        System.setProperty("quarkus.http.port", Integer.toString(address.getPort()));
        redis.stop();
        try {
            LaunchResult result = launcher.launch("health");

            assertThat(result.getOutputStream()).singleElement().asString()
                    .startsWith("DOWN: no answer from http://localhost:" + address.getPort() + "/q/health/ready");
            assertThat(result.exitCode()).isEqualTo(1);
        } finally {
            System.clearProperty("quarkus.http.port");
        }
    }

    @Test
    void refusesAnUnknownCommand(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("check", "everything");

        assertThat(result.getErrorOutput())
                .contains(
                        "unknown command 'check everything'; usage: content-service [check [providers] | health [live]]");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    private void redis(String command) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("+OK\r\n");
        }
    }
}
