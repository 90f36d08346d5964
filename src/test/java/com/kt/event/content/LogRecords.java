package com.kt.event.content;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What a logger, and those below it, write from now on until this is closed. */
public final class LogRecords extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private LogRecords(Logger logger) {
        this.logger = logger;
        logger.addHandler(this);
    }

    public static LogRecords of(Class<?> type) {
        return new LogRecords(Logger.getLogger(type.getName()));
    }

    public static LogRecords ofAll() {
        return new LogRecords(Logger.getLogger(""));
    }

    public List<LogRecord> all() {
        return records;
    }

    /** As text, in a format such as that of {@code quarkus.log.console.format}; {@code %s} is the message alone. */
    public List<String> lines(String format) {
        PatternFormatter formatter = new PatternFormatter(format);
        return records.stream().map(formatter::format).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry instanceof ExtLogRecord record) {
            // Such as the request that it is about, which only its own thread knows.
            record.copyAll();
        }
        records.add(entry);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
