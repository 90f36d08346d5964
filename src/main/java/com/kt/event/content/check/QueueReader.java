package com.kt.event.content.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.JobQueue;
import com.kt.event.content.job.QueueEntry;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.PendingMessage;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/** Reads the whole queue in small steps. */
@ApplicationScoped
class QueueReader {
    private static final String BEGIN = "-";
    private static final String END = "+";

    private final RedisDataSource redis;
    private final StreamCommands<String, String, String> streams;

    QueueReader(RedisDataSource redis) {
        this.redis = redis;
        this.streams = redis.stream(String.class);
    }

    /**
     * The order matters while workers are busy: an entry that is delivered before the first step is pending or deleted in
     * the following ones, so no entry looks lost that is not.
     */
    QueueSnapshot read() {
        String type = redis.execute(Command.TYPE, JobQueue.KEY).toString();
        if (!type.equals(QueueSnapshot.STREAM)) {
            return new QueueSnapshot(type, false, null, Set.of(), List.of());
        }
        boolean expires = redis.execute(Command.PTTL, JobQueue.KEY).toLong() >= 0;
        String lastDelivered = lastDelivered();
        Set<String> taken = lastDelivered == null ? Set.of() : taken();
        return new QueueSnapshot(type, expires, lastDelivered, taken, entries());
    }

    private String lastDelivered() {
        for (Response group : redis.execute(Command.XINFO, "GROUPS", JobQueue.KEY)) {
            if (JobQueue.GROUP.equals(group.get("name").toString())) {
                return group.get("last-delivered-id").toString();
            }
        }
        return null;
    }

    private Set<String> taken() {
        Set<String> taken = new LinkedHashSet<>();
        String from = BEGIN;
        List<PendingMessage> step;
        do {
            step = streams.xpending(JobQueue.KEY, JobQueue.GROUP, StreamRange.of(from, END), Checker.STEP);
            for (PendingMessage pending : step) {
                taken.add(pending.getMessageId());
                from = after(pending.getMessageId());
            }
        } while (step.size() == Checker.STEP);
        return taken;
    }

    private List<QueueEntry> entries() {
        List<QueueEntry> entries = new ArrayList<>();
        String from = BEGIN;
        List<StreamMessage<String, String, String>> step;
        do {
            step = streams.xrange(JobQueue.KEY, StreamRange.of(from, END), Checker.STEP);
            for (StreamMessage<String, String, String> entry : step) {
                entries.add(entry(entry));
                from = after(entry.id());
            }
        } while (step.size() == Checker.STEP);
        return entries;
    }

    /** The time is null if it is unreadable. */
    private static QueueEntry entry(StreamMessage<String, String, String> entry) {
        String createdAt = entry.payload().getOrDefault(JobQueue.CREATED_AT, "");
        return new QueueEntry(entry.id(), entry.payload().get(JobQueue.JOB),
                createdAt.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(createdAt)) : null);
    }

    private static String after(String entryId) {
        return "(" + entryId;
    }
}
