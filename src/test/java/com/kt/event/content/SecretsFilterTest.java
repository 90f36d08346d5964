package com.kt.event.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class SecretsFilterTest {
    private final SecretsFilter filter = new SecretsFilter();

    @Test
    void hidesThePasswordInAMessage() {
        assertThat(filtered("cannot connect to redis://:s3cret@redis:6379, nor to rediss://me:s3cret@b").getMessage())
                .isEqualTo("cannot connect to redis://***@redis:6379, nor to rediss://***@b");
    }

    @Test
    void hidesThePasswordInWhatAMessageIsFilledWith() {
        LogRecord entry = filtered("%s after %d tries", new IllegalStateException("lost redis://:s3cret@redis"), 3);

        assertThat(entry.getParameters()[0]).hasToString("java.lang.IllegalStateException: lost redis://***@redis");
        assertThat(entry.getParameters()[1]).isEqualTo(3);
    }

    @Test
    void leavesTheWayAloneInWhichAMessageIsFilled() {
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

    private LogRecord filtered(String message, Object... parameters) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setParameters(parameters);
        assertThat(filter.isLoggable(entry)).isTrue();
        return entry;
    }
}
