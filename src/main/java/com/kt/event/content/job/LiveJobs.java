package com.kt.event.content.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.redis.RedisFailures;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ResponseType;

/**
 * Knows which jobs of a draft may be live, {@code content:draft:{eventDraftId}:job}, so that a second request finds the
 * job of the first one. Mostly it is one; while a style is drawn again beside it, two.
 */
@ApplicationScoped
class LiveJobs {
    /** More than anybody has at a time; what is forgotten is only not found again. */
    private static final int MOST = 4;

    /**
     * Writes ARGV[2] where ARGV[1] still stands, which is nothing where it is empty, and over anything that is no string;
     * ARGV[3] is the time to live (ms). KEYS[1] the draft's jobs. Answers nothing when written, or 1 where that was no
     * string, else what stands there.
     */
    private static final String REPLACE = """
            local there = redis.pcall('GET', KEYS[1]) or ''
            local isString = type(there) == 'string'
            if isString and there ~= ARGV[1] then return there end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return not isString and 1
            """;

    private static final Logger LOG = Logger.getLogger(LiveJobs.class);

    private final ReactiveRedisDataSource redis;
    private final ReactiveValueCommands<String, String> values;
    private final ObjectMapper json;
    private final JobConfig config;
    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));

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
        /** What nobody ever writes: whatever stands there is something else. */
        static final Seen NEVER_THERE = new Seen("never there", List.of());

        List<String> madeFrom(String fingerprint) {
            return entries.stream().filter(entry -> entry.fingerprint().equals(fingerprint)).map(Entry::jobId).toList();
        }

        private List<Entry> with(Entry next) {
            return Stream.concat(Stream.of(next),
                    entries.stream().filter(entry -> !entry.jobId().equals(next.jobId()))).limit(MOST).toList();
        }
    }

    LiveJobs(ReactiveRedisDataSource redis, ObjectMapper json, JobConfig config) {
        this.redis = redis;
        this.values = redis.value(String.class);
        this.json = json;
        this.config = config;
    }

    Uni<Seen> find(String eventDraftId) {
        return values.get(key(eventDraftId)).map(value -> value == null ? Seen.NOTHING : read(eventDraftId, value))
                .onFailure(RedisFailures::isWrongType).recoverWithItem(() -> {
                    warn(eventDraftId);
                    return Seen.NOTHING;
                });
    }

    /** Enters the job, unless there is something else by now than was seen; then nothing is done, and that answered. */
    Uni<Optional<Seen>> enter(Job job, Seen seen) {
        String next = write(seen.with(new Entry(job.id(), job.recommendation().fingerprint())));
        return redis.execute(Command.EVAL, REPLACE, "1", key(job.eventDraftId()), seen.written(), next,
                Long.toString(config.job().deadline().toMillis()))
                .map(there -> there == null ? Optional.empty() : whatStands(job.eventDraftId(), there));
    }

    private Optional<Seen> whatStands(String eventDraftId, Response there) {
        if (there.type() == ResponseType.NUMBER) {
            warn(eventDraftId);
            return Optional.empty();
        }
        return Optional.of(read(eventDraftId, there.toString()));
    }

    Uni<Void> forget(String eventDraftId) {
        return redis.key().del(key(eventDraftId)).replaceWithVoid();
    }

    static String key(String eventDraftId) {
        return "content:draft:" + eventDraftId + ":job";
    }

    /** What cannot be read only costs the knowledge of a live job, and is soon written over. */
    private Seen read(String eventDraftId, String value) {
        if (value.isEmpty()) {
            return Seen.NOTHING;
        }
        List<Entry> entries = new ArrayList<>();
        boolean isWhole = true;
        for (JsonNode element : elements(value)) {
            Optional<Entry> entry = entry(element);
            entry.ifPresent(entries::add);
            isWhole = isWhole && entry.isPresent();
        }
        if (!isWhole) {
            warn(eventDraftId);
        }
        return new Seen(value, entries);
    }

    /** Of what is no list at all: that, as the one element. */
    private Iterable<JsonNode> elements(String value) {
        try {
            JsonNode list = json.readTree(value);
            return list.isArray() ? list : List.of(list);
        } catch (IOException e) {
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
            LOG.warnf("%s cannot be read: a request for the draft may start a job beside one that runs (no more of this"
                    + " for a minute)", key(eventDraftId));
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
