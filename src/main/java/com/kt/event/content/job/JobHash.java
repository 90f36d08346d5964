package com.kt.event.content.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/** How a job is written to the fields of its hash, and read from them. */
@ApplicationScoped
class JobHash {
    private final ObjectWriter writer;
    private final ObjectReader recommendations;
    private final ObjectReader tasks;

    JobHash(ObjectMapper json) {
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
                "version", Long.toString(job.version()),
                "callsOut", Long.toString(job.callsOut())));
        job.styles().forEach((style, task) -> fields.addAll(List.of(style.key(), write(task))));
        return fields;
    }

    Job read(String jobId, Map<String, String> fields) {
        Map<Style, StyleTask> styles = new EnumMap<>(Style.class);
        for (Style style : Style.values()) {
            String task = fields.get(style.key());
            if (task != null) {
                styles.put(style, read(tasks, task));
            }
        }
        return new Job(jobId, fields.get("eventDraftId"), read(recommendations, fields.get("recommendation")), styles,
                Instant.parse(fields.get("createdAt")), Instant.parse(fields.get("updatedAt")),
                Long.parseLong(fields.get("version")));
    }

    private String write(Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(ObjectReader reader, String value) {
        try {
            return reader.readValue(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
