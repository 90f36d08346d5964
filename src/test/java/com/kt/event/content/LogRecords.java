package com.kt.event.content;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Collects the records of a logger, and of those below it, until it is closed. */
public final class LogRecords extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level level;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private LogRecords(Logger logger) {
        this.logger = logger;
        level = logger.getLevel();
        logger.addHandler(this);
    }

    /** From INFO on: the application that another test has stopped may have left a higher level. */
    public static LogRecords of(Class<?> type) {
        LogRecords records = new LogRecords(Logger.getLogger(type.getName()));
        records.level(Level.INFO);
        return records;
    }

    public static LogRecords ofAll() {
        return new LogRecords(Logger.getLogger(""));
    }

    /** The least severe level that the logger writes until this is closed. */
    public void level(Level lowest) {
        logger.setLevel(lowest);
    }

    public List<LogRecord> all() {
        return records;
    }

    /** The records as text, in a format such as {@code quarkus.log.console.format}; {@code %s} is the message alone. */
    public List<String> lines(String format) {
        PatternFormatter formatter = new PatternFormatter(format);
        return records.stream().map(formatter::format).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry instanceof ExtLogRecord record) {
            // The MDC, which has the request's id, belongs to this thread.
            record.copyAll();
        }
        records.add(entry);
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(level);
    }
}
