package com.kt.event.content.log;

import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.quarkus.logging.LoggingFilter;

/** Masks {@link Secrets} in log messages, their parameters and stack traces. */
@LoggingFilter(name = "secrets")
public class SecretsFilter implements Filter {
    private final Formatter wholeMessage = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (entry instanceof ExtLogRecord extended) {
            cleanWhole(extended);
        } else {
            entry.setMessage(Secrets.without(entry.getMessage()));
            cleanParameters(entry);
        }
        Throwable thrown = entry.getThrown();
        Throwable cleanThrown = Secrets.without(thrown);
        if (cleanThrown != thrown) {
            entry.setThrown(cleanThrown);
        }
        return true;
    }

    /** Formats the message first: a secret may appear only when the parameters are filled in. */
    private void cleanWhole(ExtLogRecord entry) {
        String whole = wholeMessage.format(entry);
        String clean = Secrets.without(whole);
        if (!Objects.equals(clean, whole)) {
            entry.setParameters(null);
            entry.setMessage(clean, FormatStyle.NO_FORMAT);
        }
    }

    private static void cleanParameters(LogRecord entry) {
        Object[] parameters = entry.getParameters();
        if (parameters != null) {
            Object[] clean = new Object[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                clean[i] = clean(parameters[i]);
            }
            entry.setParameters(clean);
        }
    }

    /** Any object may show a secret as text: an address, a list of settings, a failure. */
    private static Object clean(Object parameter) {
        if (parameter == null || parameter instanceof Number || parameter instanceof Boolean) {
            return parameter;
        }
        String text = parameter.toString();
        String clean = Secrets.without(text);
        return Objects.equals(clean, text) ? parameter : clean;
    }
}
