package com.kt.event.content.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Values in Redis as JSON. */
@ApplicationScoped
public class JsonCodec {
    private final ObjectMapper json;
    private final ObjectWriter writer;
    /** A reader looks its deserializer up once, not for each value. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    public JsonCodec(ObjectMapper json) {
        this.json = json;
        this.writer = json.writer();
    }

    /** The value as JSON. Only a type that Jackson cannot write fails, with {@link UncheckedIOException}. */
    public String write(Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The value that the text is the JSON of; null for JSON's {@code null}. Fails with {@link UnreadableValueException}
     * where it is not, or holds a date or a number out of range.
     */
    public <T> T read(String text, Class<T> type) {
        try {
            return readers.computeIfAbsent(type, json::readerFor).readValue(text);
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw unreadable(type, e);
        }
    }

    /** As {@link #read}, whatever the JSON is. */
    public JsonNode readTree(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw unreadable(JsonNode.class, e);
        }
    }

    /** Without Jackson's message, which quotes the text. */
    private static UnreadableValueException unreadable(Class<?> type, Exception cause) {
        return new UnreadableValueException("not the JSON of a " + type.getSimpleName() + " ("
                + cause.getClass().getSimpleName() + ")");
    }
}
