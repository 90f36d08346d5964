package com.kt.event.content.check;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.job.JobStatus;
import com.kt.event.content.recommendation.Style;

/**
 * The hash of a job. Parsed independently of the code that writes it, which would accept its own mistakes.
 *
 * @param leaseUntil null if the job is not leased
 */
record JobRecord(String id, JobStatus status, Instant createdAt, Map<Style, StyleRecord> styles, String owner,
        Instant leaseUntil) {

    /**
     * The field of a style.
     *
     * @param callOpenSince when the call in flight was opened; null if there is none
     */
    record StyleRecord(JobStatus status, String imageUrl, String error, String callOpenSince) {
    }

    /** The hash is not that of a job, or is incomplete. */
    static class UnreadableRecordException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableRecordException(String message) {
            super(message);
        }
    }

    private static final List<String> NEEDED = List.of("eventDraftId", "recommendation", "createdAt", "updatedAt",
            "version", "status");

    static JobRecord read(String id, Map<String, String> fields, ObjectMapper json) throws UnreadableRecordException {
        for (String field : NEEDED) {
            if (fields.get(field) == null) {
                throw new UnreadableRecordException("it has no " + field);
            }
        }
        Map<Style, StyleRecord> styles = styles(fields, json);
        if (styles.isEmpty()) {
            throw new UnreadableRecordException("it has no style");
        }
        return new JobRecord(id, status(fields.get("status")), instant(fields.get("createdAt")), styles,
                fields.get("owner"), leaseUntil(fields.get("leaseUntil")));
    }

    /** The status that follows from the styles. */
    JobStatus fold() {
        Set<JobStatus> all = EnumSet.noneOf(JobStatus.class);
        styles.values().forEach(style -> all.add(style.status()));
        if (all.equals(EnumSet.of(JobStatus.PENDING))) {
            return JobStatus.PENDING;
        }
        if (all.stream().anyMatch(status -> !status.ended())) {
            return JobStatus.PROCESSING;
        }
        return Stream.of(JobStatus.CANCELLED, JobStatus.COMPLETED).filter(all::contains).findFirst()
                .orElse(JobStatus.FAILED);
    }

    boolean isLeasedAt(Instant now) {
        return owner != null && leaseUntil != null && leaseUntil.isAfter(now);
    }

    private static Map<Style, StyleRecord> styles(Map<String, String> fields, ObjectMapper json)
            throws UnreadableRecordException {
        Map<Style, StyleRecord> styles = new EnumMap<>(Style.class);
        for (Style style : Style.values()) {
            String field = fields.get(style.key());
            if (field != null) {
                styles.put(style, style(style, field, json));
            }
        }
        return styles;
    }

    private static StyleRecord style(Style style, String field, ObjectMapper json) throws UnreadableRecordException {
        try {
            JsonNode task = json.readTree(field);
            return new StyleRecord(status(task.path("status").asText(null)), task.path("imageUrl").asText(null),
                    task.path("error").asText(null), task.path("calls").path("openSince").asText(null));
        } catch (IOException e) {
            throw new UnreadableRecordException("its field " + style.key() + " is not JSON");
        }
    }

    private static JobStatus status(String name) throws UnreadableRecordException {
        return Stream.of(JobStatus.values()).filter(status -> status.name().equals(name)).findFirst()
                .orElseThrow(() -> new UnreadableRecordException("there is no status " + name));
    }

    private static Instant instant(String value) throws UnreadableRecordException {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new UnreadableRecordException(value + " is not a time");
        }
    }

    private static Instant leaseUntil(String value) throws UnreadableRecordException {
        try {
            return value == null ? null : Instant.ofEpochMilli(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new UnreadableRecordException("its leaseUntil is " + value);
        }
    }
}
