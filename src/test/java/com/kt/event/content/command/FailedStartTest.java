package com.kt.event.content.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;

class FailedStartTest {
    @Test
    void namesEachSettingOnceAsTheEnvironmentSpellsIt() {
        assertThat(said(new ConfigValidationException(new Problem[]{
                new Problem(
                        "content.job deadlineBeforeExpiry content.job.deadline must be shorter than content.job.ttl"),
                new Problem("content.queue.max-length must be greater than or equal to 1")}))).containsExactly(
                        "content.job.deadline (CONTENT_JOB_DEADLINE) must be shorter than content.job.ttl (CONTENT_JOB_TTL)",
                        "content.queue.max-length (CONTENT_QUEUE_MAX_LENGTH) must be greater than or equal to 1");
    }

    @Test
    void showsNeitherClassesNorCodesNorTheValueThatWasNotConverted() {
        assertThat(said(new RuntimeException(new ConfigValidationException(new Problem[]{
                new Problem(
                        "java.lang.IllegalArgumentException: SRCFG00039: The config property quarkus.x.url with the "
                                + "config value \"http://u:secret@h h\n\" threw an Exception whilst being converted SRCFG00030: "
                                + "Illegal character in http://u:secret@h")}))))
                .containsExactly(
                        "quarkus.x.url (QUARKUS_X_URL) is invalid: Illegal character in http://***@h");
    }

    @Test
    void showsTheMessageOfABeanAboutASetting() {
        assertThat(
                said(new RuntimeException(new ConfigurationException("content.store.directory: cannot write to /x"))))
                .containsExactly("content.store.directory (CONTENT_STORE_DIRECTORY): cannot write to /x");
    }

    @Test
    void namesThePortThatIsTaken() {
        assertThat(said(new RuntimeException(new QuarkusBindException("0.0.0.0", 8080, new BindException("in use")))))
                .singleElement().asString().contains("quarkus.http.port (QUARKUS_HTTP_PORT)", "8080");
    }

    @Test
    void namesTheTlsConfigurationWhoseFilesAreMissing() {
        assertThat(said(new RuntimeException(new IllegalStateException(
                "Invalid PEM trusted certificates configuration for certificate 'redis' - cannot read the PEM files",
                new UncheckedIOException(new NoSuchFileException("/nope"))))))
                .singleElement().asString().contains("quarkus.tls.redis (QUARKUS_TLS_REDIS_…)", "/nope");
    }

    @Test
    void saysNothingOfAnEndWithoutFailure() {
        assertThat(said(null)).isEmpty();
    }

    private static String[] said(Throwable failure) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        FailedStart.explain(failure, new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}
