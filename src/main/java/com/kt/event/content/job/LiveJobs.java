package com.kt.event.content.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * Knows which jobs of a draft may be live, {@code content:draft:{eventDraftId}:job}, so that a second request finds the
 * job of the first one. Mostly it is one; while a style is drawn again beside it, two.
 */
@ApplicationScoped
class LiveJobs {
    /** More than anybody has at a time; what is forgotten is only not found again. */
    private static final int MOST = 4;

    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {
    };

    /**
     * Writes ARGV[2] where ARGV[1] still stands, which is nothing where it is empty; ARGV[3] is the time to live (ms).
     * KEYS[1] the draft's jobs. Answers nothing when written, else what stands there.
     */
    private static final String REPLACE = """
            local there = redis.call('GET', KEYS[1]) or ''
            if there ~= ARGV[1] then return there end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return false
            """;

    private final ReactiveRedisDataSource redis;
    private final ReactiveValueCommands<String, String> values;
    private final ObjectMapper json;
    private final JobConfig config;

    /** @param fingerprint of the recommendation that the job was accepted with */
    @RegisterForReflection
    record Entry(String jobId, String fingerprint) {
    }

    /**
     * The draft's jobs as they were read.
     *
     * @param written as it stands in Redis
     * @param entries the newest first
     */
    record Seen(String written, List<Entry> entries) {
        static final Seen NOTHING = new Seen("", List.of());

        List<String> madeFrom(String fingerprint) {
            return entries.stream().filter(entry -> entry.fingerprint().equals(fingerprint)).map(Entry::jobId).toList();
        }

        private List<Entry> with(Entry next) {
            return Stream.concat(Stream.of(next), entries.stream()).limit(MOST).toList();
        }
    }

    LiveJobs(ReactiveRedisDataSource redis, ObjectMapper json, JobConfig config) {
        this.redis = redis;
        this.values = redis.value(String.class);
        this.json = json;
        this.config = config;
    }

    Uni<Seen> find(String eventDraftId) {
        return values.get(key(eventDraftId)).map(value -> value == null ? Seen.NOTHING : read(value));
    }

    /** Enters the job, unless there is something else by now than was seen; then nothing is done, and that answered. */
    Uni<Optional<Seen>> enter(Job job, Seen seen) {
        String next = write(seen.with(new Entry(job.id(), job.recommendation().fingerprint())));
        return redis.execute(Command.EVAL, REPLACE, "1", key(job.eventDraftId()), seen.written(), next,
                Long.toString(config.job().deadline().toMillis()))
                .map(there -> there == null ? Optional.empty() : Optional.of(read(there.toString())));
    }

    Uni<Void> forget(String eventDraftId) {
        return redis.key().del(key(eventDraftId)).replaceWithVoid();
    }

    static String key(String eventDraftId) {
        return "content:draft:" + eventDraftId + ":job";
    }

    /** What cannot be read only costs the knowledge of a live job. */
    private Seen read(String value) {
        try {
            return value.isEmpty() ? Seen.NOTHING : new Seen(value, json.readValue(value, ENTRIES));
        } catch (IOException e) {
            return new Seen(value, List.of());
        }
    }

    private String write(List<Entry> entries) {
        try {
            return json.writeValueAsString(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
