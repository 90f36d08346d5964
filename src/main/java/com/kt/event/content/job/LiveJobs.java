package com.kt.event.content.job;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ResponseType;

/**
 * Owns {@code content:draft:{eventDraftId}:job}, the jobs of a draft that may be live, so that a second request joins the
 * first one's job. Usually there is one; while a style is regenerated beside it there are two.
 */
@ApplicationScoped
class LiveJobs {
    /** More than a draft has at a time. A job that is dropped from the list is merely not joined any more. */
    private static final int MAX_ENTRIES = 4;

    private static final RedisScript REPLACE = RedisScript.load("draft/replace");

    private static final Logger LOG = Logger.getLogger(LiveJobs.class);

    private final ReactiveRedisDataSource redis;
    private final ReactiveValueCommands<String, String> values;
    private final RedisScripts scripts;
    private final JsonCodec json;
    private final JobConfig config;
    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));

    /** @param fingerprint of the recommendation that was selected when the job was accepted */
    @RegisterForReflection
    record Entry(String jobId, String fingerprint) {
    }

    /**
     * A draft's live jobs at one moment.
     *
     * @param value the value of the key
     * @param entries the newest first
     */
    record Snapshot(String value, List<Entry> entries) {
        static final Snapshot EMPTY = new Snapshot("", List.of());
        /** Its value is never written, so it is never the current one. */
        static final Snapshot NEVER_CURRENT = new Snapshot("never there", List.of());

        List<String> madeFrom(String fingerprint) {
            return entries.stream().filter(entry -> entry.fingerprint().equals(fingerprint)).map(Entry::jobId).toList();
        }

        private List<Entry> with(Entry next) {
            return Stream.concat(Stream.of(next),
                    entries.stream().filter(entry -> !entry.jobId().equals(next.jobId()))).limit(MAX_ENTRIES).toList();
        }
    }

    /**
     * The outcome of {@link #add}.
     *
     * @param current the snapshot that was found instead of the expected one; null if the job was added
     */
    record AddResult(boolean isAdded, Snapshot current) {
        private static final AddResult ADDED = new AddResult(true, null);
    }

    LiveJobs(ReactiveRedisDataSource redis, RedisScripts scripts, JsonCodec json, JobConfig config) {
        this.redis = redis;
        this.values = redis.value(String.class);
        this.scripts = scripts;
        this.json = json;
        this.config = config;
    }

    Uni<Snapshot> find(String eventDraftId) {
        return values.get(key(eventDraftId)).map(value -> value == null ? Snapshot.EMPTY : read(eventDraftId, value))
                .onFailure(RedisFailures::isWrongType).recoverWithItem(() -> {
                    warn(eventDraftId);
                    return Snapshot.EMPTY;
                });
    }

    /** Adds the job if the draft's live jobs are still the expected ones. A key of another type is overwritten. */
    Uni<AddResult> add(Job job, Snapshot expected) {
        return scripts.run(REPLACE, key(job.eventDraftId()), expected.value(), value(job, expected), timeToLive())
                .map(found -> found == null ? AddResult.ADDED : result(job.eventDraftId(), found));
    }

    /** Adds the command that registers the job if the draft has no live jobs. */
    void addFirst(Job job, RedisBatch batch) {
        batch.add(Command.SET, key(job.eventDraftId()), value(job, Snapshot.EMPTY), "NX", "PX", timeToLive());
    }

    /** Whether {@link #addFirst} registered the job, from the reply to its command. A key of another type is left alone. */
    static boolean isFirst(Response reply) {
        return reply != null;
    }

    private String value(Job job, Snapshot expected) {
        return json.write(expected.with(new Entry(job.id(), job.recommendation().fingerprint())));
    }

    private String timeToLive() {
        return millis(config.job().deadline());
    }

    private AddResult result(String eventDraftId, Response found) {
        if (found.type() == ResponseType.NUMBER) {
            warn(eventDraftId);
            return AddResult.ADDED;
        }
        return new AddResult(false, read(eventDraftId, found.toString()));
    }

    Uni<Void> forget(String eventDraftId) {
        return redis.key().del(key(eventDraftId)).replaceWithVoid();
    }

    static String key(String eventDraftId) {
        return "content:draft:" + eventDraftId + ":job";
    }

    /** Skips unreadable entries: they cost no more than joining a live job, and are soon overwritten. */
    private Snapshot read(String eventDraftId, String value) {
        if (value.isEmpty()) {
            return Snapshot.EMPTY;
        }
        List<Entry> entries = new ArrayList<>();
        boolean isReadable = true;
        for (JsonNode element : elements(value)) {
            Optional<Entry> entry = entry(element);
            entry.ifPresent(entries::add);
            isReadable = isReadable && entry.isPresent();
        }
        if (!isReadable) {
            warn(eventDraftId);
        }
        return new Snapshot(value, entries);
    }

    /** A value that is not a list is returned as its only element. */
    private Iterable<JsonNode> elements(String value) {
        try {
            JsonNode list = json.readTree(value);
            return list.isArray() ? list : List.of(list);
        } catch (UnreadableValueException e) {
            return List.of(MissingNode.getInstance());
        }
    }

    private static Optional<Entry> entry(JsonNode element) {
        JsonNode jobId = element.path("jobId");
        JsonNode fingerprint = element.path("fingerprint");
        return jobId.isTextual() && fingerprint.isTextual()
                ? Optional.of(new Entry(jobId.textValue(), fingerprint.textValue()))
                : Optional.empty();
    }

    private void warn(String eventDraftId) {
        if (warnings.permits("unreadable")) {
            LOG.warnf("%s is unreadable: a request for the draft may start a second job beside a live one"
                    + " (further occurrences suppressed for a minute)", key(eventDraftId));
        }
    }
}
