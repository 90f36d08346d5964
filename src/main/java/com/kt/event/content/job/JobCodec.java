package com.kt.event.content.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.UnreadableValueException;

/** How a job is written to the fields of its hash, and read from them. */
@ApplicationScoped
class JobCodec {
    static final String VERSION = "version";

    private static final StyleTask UNREADABLE = new StyleTask(JobStatus.FAILED, null, StyleError.IMAGE_API_ERROR,
            CallRecord.NONE);

    private final ObjectWriter writer;
    private final ObjectReader recommendations;
    private final ObjectReader tasks;

    JobCodec(ObjectMapper json) {
        this.writer = json.writer();
        this.recommendations = json.readerFor(Recommendation.class);
        this.tasks = json.readerFor(StyleTask.class);
    }

    /** Field, value, field, value, and so on: what is fixed when the job is accepted, and what may change. */
    List<String> whole(Job job) {
        List<String> fields = new ArrayList<>(List.of(
                "eventDraftId", job.eventDraftId(),
                "type", Job.TYPE,
                "createdAt", job.createdAt().toString(),
                "recommendation", write(job.recommendation())));
        fields.addAll(changeable(job));
        return fields;
    }

    List<String> changeable(Job job) {
        List<String> fields = new ArrayList<>(List.of(
                "status", job.status().name(),
                "updatedAt", job.updatedAt().toString(),
                VERSION, Long.toString(job.version()),
                "callsOut", Long.toString(job.openCalls())));
        job.styles().forEach((style, task) -> fields.addAll(List.of(style.key(), write(task))));
        return fields;
    }

    /**
     * The job as it stands. A part that cannot be read and can be done without costs only itself: a style counts as failed,
     * a version as none. Fails with {@link UnreadableValueException} where no job is left then.
     */
    Job read(String jobId, Map<String, String> fields) {
        Map<Style, StyleTask> styles = new EnumMap<>(Style.class);
        for (Style style : Style.values()) {
            String task = fields.get(style.key());
            if (task != null) {
                styles.put(style, task(task));
            }
        }
        if (styles.isEmpty()) {
            throw unreadable("a style");
        }
        Instant createdAt = instant(fields.get("createdAt")).orElseThrow(() -> unreadable("createdAt"));
        return new Job(jobId, needed(fields, "eventDraftId"), recommendation(needed(fields, "recommendation")), styles,
                createdAt, instant(fields.get("updatedAt")).orElse(createdAt), version(fields.get(VERSION)));
    }

    private Recommendation recommendation(String value) {
        return JobCodec.<Recommendation>read(recommendations, value).orElseThrow(() -> unreadable("recommendation"));
    }

    private StyleTask task(String value) {
        return JobCodec.<StyleTask>read(tasks, value).filter(task -> task.status() != null).orElse(UNREADABLE);
    }

    private static String needed(Map<String, String> fields, String field) {
        String value = fields.get(field);
        if (value == null) {
            throw unreadable(field);
        }
        return value;
    }

    /** Without what stands there: others wrote it. */
    private static UnreadableValueException unreadable(String field) {
        return new UnreadableValueException("the job's record has no " + field + " that can be read");
    }

    private static Optional<Instant> instant(String value) {
        try {
            return Optional.ofNullable(value).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long version(String value) {
        try {
            return value == null ? 0 : Long.parseLong(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private String write(Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Optional<T> read(ObjectReader reader, String value) {
        try {
            return Optional.ofNullable(reader.readValue(value));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
