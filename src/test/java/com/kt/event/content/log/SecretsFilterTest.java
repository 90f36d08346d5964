package com.kt.event.content.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsFilterTest {
    private final SecretsFilter filter = new SecretsFilter();

    @Test
    void hidesThePasswordInAMessage() {
        assertThat(filtered("cannot connect to redis://:s3cret@redis:6379, nor to rediss://me:s3cret@b").getMessage())
                .isEqualTo("cannot connect to redis://***@redis:6379, nor to rediss://***@b");
    }

    @Test
    void hidesThePasswordInAParameter() {
        LogRecord entry = filtered("%s after %d tries", new IllegalStateException("lost redis://:s3cret@redis"), 3);

        assertThat(entry.getParameters()[0]).hasToString("java.lang.IllegalStateException: lost redis://***@redis");
        assertThat(entry.getParameters()[1]).isEqualTo(3);
    }

    @Test
    void keepsTheFormatOfAMessage() {
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "redis://:s3cret@redis lost %s", FormatStyle.PRINTF,
                "test");
        entry.setParameters(new Object[]{"redis://:s3cret@b"});

        filter.isLoggable(entry);

        assertThat(new PatternFormatter("%s").format(entry)).isEqualTo("redis://***@redis lost redis://***@b");
    }

    @Test
    void leavesEverythingElseAlone() {
        assertThat(filtered("mail shop@example.com about http://a/b@c").getMessage())
                .isEqualTo("mail shop@example.com about http://a/b@c");
        assertThat(filtered(null).getMessage()).isNull();
    }

    @Test
    void hidesThePasswordInAStackTrace() {
        IllegalStateException thrown = new IllegalStateException("lost redis://:s3cret@a",
                new IOException("no route to redis://me:s3cret@b"));
        thrown.addSuppressed(new IllegalArgumentException("and redis://:s3cret@c"));
        LogRecord entry = thrown(thrown);

        String written = new PatternFormatter("%s%e").format(ExtLogRecord.wrap(entry));
        assertThat(written).doesNotContain("s3cret")
                .contains("java.lang.IllegalStateException: lost redis://***@a", "IOException: no route to redis",
                        "java.lang.IllegalArgumentException: and redis://***@c", "hidesThePasswordInAStackTrace");
    }

    @Test
    void leavesAStackTraceAloneThatHasNothingToHide() {
        Throwable thrown = new IllegalStateException("broken", new IOException("Connection reset"));

        assertThat(thrown(thrown).getThrown()).isSameAs(thrown);
        assertThat(thrown(null).getThrown()).isNull();
    }

    @Test
    void terminatesForAFailureThatCausesItself() {
        Exception first = new Exception("redis://:s3cret@a");
        first.initCause(new Exception("redis://:s3cret@b", first));

        String written = new PatternFormatter("%e").format(ExtLogRecord.wrap(thrown(first)));

        assertThat(written).doesNotContain("s3cret").contains("redis://***@a", "redis://***@b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:s3cret@redis:6379", "redis://me:a%40s3cret%2F@redis",
            "redis://:with@s3cret@redis/0",
            "rediss://redis:6379?password=s3cret", "http://a/b?x=1&api_key=s3cret&y=2", "https://a/b?key=s3cret",
            "https://a/p.png?X-Amz-Credential=s3cret%2F20260101&X-Amz-Signature=s3cret", "https://a/p.png?sig=s3cret",
            "quarkus.redis.password=s3cret", "content.providers.main.key=s3cret", "CONTENT_PROVIDERS__A_B__KEY=s3cret",
            "{\"api_key\": \"s3cret\"}", "x-api-key: s3cret",
            "Authorization: Bearer s3cret-s3cret", "authorization=Basic s3cret", "a header Bearer s3cret.s3cret",
            "bad key AIzas3cret-x", "bad token r8_s3cret00", "Incorrect API key provided: sk-proj-s3cret.",
            "key sk-s3cret****cret",
            "AwsCredentials(accessKeyId=s3cret)", "quarkus.s3.aws.credentials.static-provider.secret-access-key=s3cret",
            "AWS_SECRET_ACCESS_KEY=s3cret", "<AWSAccessKeyId>s3cret</AWSAccessKeyId>",
            "AWS4-HMAC-SHA256 Credential=s3cret/20261126/us-east-1/s3/aws4_request, Signature=s3cret"})
    void hidesSecretsOfEveryForm(String text) {
        assertThat(filtered("so: " + text + " (end)").getMessage()).doesNotContain("s3cret").startsWith("so: ")
                .endsWith("(end)");
        assertThat(filtered("%s", (Object) text).getParameters()[0].toString()).doesNotContain("s3cret");
    }

    @Test
    void hidesTheNameOfAKeyOfAws() {
        assertThat(filtered("no user has AKIAIOSFODNN7EXAMPLE").getMessage()).isEqualTo("no user has AKIA***");
    }

    @Test
    void hidesASecretThatOnlyTheFormattedMessageContains() {
        ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "redis://:%s@%s is 100%% lost", FormatStyle.PRINTF,
                "test");
        entry.setParameters(new Object[]{"s3cret", URI.create("b")});

        filter.isLoggable(entry);

        assertThat(new PatternFormatter("%s").format(entry)).isEqualTo("redis://***@b is 100% lost");
    }

    @Test
    void hidesThePasswordOfAnAddressInAParameter() {
        assertThat(filtered("%s", URI.create("redis://:s3cret@redis")).getParameters()[0])
                .isEqualTo("redis://***@redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "file", "syslog", "socket"})
    void isAppliedToEveryHandler(String handler) throws IOException {
        Properties settings = new Properties();
        settings.load(SecretsFilterTest.class.getResourceAsStream("/application.properties"));

        assertThat(settings.getProperty("quarkus.log." + handler + ".filter")).isEqualTo("secrets");
    }

    private LogRecord thrown(Throwable thrown) {
        LogRecord entry = new LogRecord(Level.WARNING, "broken");
        entry.setThrown(thrown);
        assertThat(filter.isLoggable(entry)).isTrue();
        return entry;
    }

    private LogRecord filtered(String message, Object... parameters) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setParameters(parameters);
        assertThat(filter.isLoggable(entry)).isTrue();
        return entry;
    }
}
