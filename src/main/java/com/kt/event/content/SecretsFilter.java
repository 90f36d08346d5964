package com.kt.event.content;

import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

import org.jboss.logmanager.ExtLogRecord;

import io.quarkus.logging.LoggingFilter;

/** Keeps passwords out of the log: failures of the Redis client name the address with all that is in it. */
@LoggingFilter(name = "secrets")
public class SecretsFilter implements Filter {
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s\"']*@");

    @Override
    public boolean isLoggable(LogRecord entry) {
        String message = entry.getMessage();
        String cleanMessage = without(message);
        if (!Objects.equals(cleanMessage, message)) {
            setMessage(entry, cleanMessage);
        }
        Object[] parameters = entry.getParameters();
        if (parameters != null) {
            Object[] clean = new Object[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                clean[i] = hidesIn(parameters[i]) ? without(parameters[i].toString()) : parameters[i];
            }
            entry.setParameters(clean);
        }
        return true;
    }

    /** The JDK's own setter would have the record forget that it is filled in as printf does it. */
    private static void setMessage(LogRecord entry, String message) {
        if (entry instanceof ExtLogRecord extended) {
            extended.setMessage(message, extended.getFormatStyle());
        } else {
            entry.setMessage(message);
        }
    }

    private static boolean hidesIn(Object parameter) {
        return parameter instanceof CharSequence || parameter instanceof Throwable;
    }

    private static String without(String text) {
        if (text == null || !text.contains("@")) {
            return text;
        }
        return USER_INFO.matcher(text).replaceAll("//***@");
    }
}
