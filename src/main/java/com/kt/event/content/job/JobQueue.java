package com.kt.event.content.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisPipeline;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XGroupCreateArgs;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * Owns the queue, {@code content:jobs}: a stream whose entries refer to jobs. An entry is deleted when its job has ended,
 * so the stream's length is the number of jobs that wait or run.
 *
 * <p>All instances read as one consumer of one group. The lease determines which instance runs a job, not the consumer
 * name; and the names of short-lived instances would accumulate in the group.
 */
@ApplicationScoped
public class JobQueue {
    public static final String KEY = "content:jobs";
    public static final String GROUP = "workers";
    private static final String CONSUMER = "worker";
    public static final String JOB = "job";
    public static final String CREATED_AT = "createdAt";
    private static final int PAGE = 500;
    private static final String FROM_THE_START = "0-0";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    /** An id that no entry has. */
    private static final String NO_ENTRY = "0-1";

    private static final RedisScript APPEND = RedisScript.load("queue/append");
    private static final RedisScript APPEND_ONCE = RedisScript.load("queue/append-once");
    private static final RedisScript HAND_BACK = RedisScript.load("queue/hand-back");
    private static final RedisScript ACKNOWLEDGE_DELETED = RedisScript.load("queue/acknowledge-deleted");

    private final ReactiveRedisDataSource redis;
    private final ReactiveStreamCommands<String, String, String> streams;
    private final ReactiveStreamCommands<String, String, String> blockingStreams;
    private final RedisScripts scripts;
    private final RedisPipeline pipeline;
    private final JobConfig config;

    JobQueue(ReactiveRedisDataSource redis, @RedisClientName("queue") ReactiveRedisDataSource blocking,
            RedisScripts scripts, RedisPipeline pipeline, JobConfig config) {
        this.redis = redis;
        this.streams = redis.stream(String.class);
        this.blockingStreams = blocking.stream(String.class);
        this.scripts = scripts;
        this.pipeline = pipeline;
        this.config = config;
    }

    /** Fails with {@link QueueFullException}. */
    Uni<Void> append(String jobId, Instant createdAt) {
        return append(jobId, createdAt, config.queue().maxLength());
    }

    /** As {@link #append(String, Instant)}, for a queue of at most {@code maxLength} entries. */
    Uni<Void> append(String jobId, Instant createdAt, int maxLength) {
        return scripts.run(APPEND, KEY, Integer.toString(maxLength), jobId, millis(createdAt))
                .onItem().ifNull().failWith(() -> new QueueFullException(maxLength)).replaceWithVoid();
    }

    /**
     * As {@link #append}, unless the queue has an entry of the job that no worker has read yet. Reads the queue. An entry
     * that was read before the job's record was written does not count: its worker removes it, as the job seems gone.
     */
    Uni<Void> appendOnce(String jobId, Instant createdAt) {
        int maxLength = config.queue().maxLength();
        return scripts.run(APPEND_ONCE, KEY, Integer.toString(maxLength), jobId, millis(createdAt), GROUP)
                .onItem().ifNull().failWith(() -> new QueueFullException(maxLength)).replaceWithVoid();
    }

    /** The number of jobs that wait or run. */
    public Uni<Long> length() {
        return streams.xlen(KEY);
    }

    /** Creates the group and the stream unless they exist. */
    public Uni<Void> open() {
        return streams.xgroupCreate(KEY, GROUP, "0", new XGroupCreateArgs().mkstream())
                .onFailure(failure -> String.valueOf(failure.getMessage()).startsWith("BUSYGROUP")).recoverWithNull();
    }

    /**
     * The next undelivered entries, at most {@code max}, as soon as there is one; empty after {@code wait}.
     */
    public Uni<List<QueueEntry>> take(int max, Duration wait) {
        return blockingStreams.xreadgroup(GROUP, CONSUMER, KEY, ">", new XReadGroupArgs().count(max).block(wait))
                .map(JobQueue::entries);
    }

    /**
     * Takes over entries that were not touched for {@code idle}, because their worker is gone. This touches them.
     */
    public Uni<List<QueueEntry>> takeStalled(int max, Duration idle) {
        return takeStalled(max, idle, FROM_THE_START, new ArrayList<>());
    }

    /** Each command scans a limited number of entries, and returns the id to continue at. */
    private Uni<List<QueueEntry>> takeStalled(int max, Duration idle, String from, List<QueueEntry> found) {
        return streams.xautoclaim(KEY, GROUP, CONSUMER, idle, from, max - found.size())
                .call(claimed -> isWhole(claimed.getMessages()) ? Uni.createFrom().voidItem() : acknowledgeDeleted("-"))
                .chain(claimed -> {
                    found.addAll(entries(claimed.getMessages()));
                    return found.size() >= max || claimed.getId().equals(FROM_THE_START)
                            ? Uni.createFrom().item(found)
                            : takeStalled(max, idle, claimed.getId(), found);
                });
    }

    /** For an entry that was deleted while pending, Redis 6.2 returns null without the id. */
    private static boolean isWhole(List<StreamMessage<String, String, String>> messages) {
        return messages.stream().allMatch(Objects::nonNull);
    }

    private Uni<Void> acknowledgeDeleted(String from) {
        return scripts.run(ACKNOWLEDGE_DELETED, KEY, GROUP, from, Integer.toString(PAGE))
                .chain(next -> next == null ? Uni.createFrom().voidItem() : acknowledgeDeleted(next.toString()));
    }

    /**
     * The entries of jobs that were accepted before {@code limit}, waiting or pending, without taking them. Reads the whole
     * queue.
     */
    public Multi<QueueEntry> acceptedBefore(Instant limit) {
        return acceptedBefore(limit, "+");
    }

    /**
     * As {@link #acceptedBefore}, except for jobs that were handed back since, whose entries are newer. Reads only what it
     * returns, because an entry's id contains the time at which it was written.
     */
    public Multi<QueueEntry> writtenBefore(Instant limit) {
        return acceptedBefore(limit, millis(limit));
    }

    private Multi<QueueEntry> acceptedBefore(Instant limit, String to) {
        AtomicReference<String> next = new AtomicReference<>("-");
        return Multi.createBy().repeating()
                .uni(() -> streams.xrange(KEY, StreamRange.of(next.get(), to), PAGE).map(JobQueue::entries))
                .whilst(page -> {
                    if (page.size() == PAGE) {
                        next.set("(" + page.get(PAGE - 1).id());
                    }
                    return page.size() == PAGE;
                })
                .onItem().<QueueEntry>disjoint()
                .select().where(entry -> entry.createdAt().isBefore(limit));
    }

    /** Marks the entries' jobs as being processed. */
    public Uni<Void> touch(Collection<QueueEntry> entries) {
        List<String> args = new ArrayList<>(List.of(KEY, GROUP, CONSUMER, "0"));
        entries.forEach(entry -> args.add(entry.id()));
        args.add("JUSTID");
        return redis.execute(Command.XCLAIM, args.toArray(String[]::new)).replaceWithVoid();
    }

    /** Fails if Redis refuses writes to the queue. Changes nothing. */
    public Uni<Void> probe() {
        return redis.execute(Command.XCLAIM, KEY, GROUP, CONSUMER, "0", NO_ENTRY, "JUSTID").replaceWithVoid();
    }

    /** Appends the entry's job to the queue again, where it wakes a worker. */
    public Uni<Void> handBack(QueueEntry entry) {
        return scripts.run(HAND_BACK, KEY, GROUP, entry.id(), entry.jobId(),
                millis(entry.createdAt())).replaceWithVoid();
    }

    /**
     * Removes the entries of jobs that have ended. Each is deleted before it is acknowledged: if only the first happens, the
     * next sweep acknowledges it. The other way around it would stay in the stream for good.
     */
    public Uni<Void> remove(Collection<QueueEntry> ended) {
        List<String> deleted = new ArrayList<>(List.of(KEY));
        List<String> acknowledged = new ArrayList<>(List.of(KEY, GROUP));
        for (QueueEntry entry : ended) {
            deleted.add(entry.id());
            acknowledged.add(entry.id());
        }
        return pipeline.send(new RedisBatch()
                .add(Command.XDEL, deleted.toArray(String[]::new))
                .add(Command.XACK, acknowledged.toArray(String[]::new))).replaceWithVoid();
    }

    private static List<QueueEntry> entries(List<StreamMessage<String, String, String>> messages) {
        return messages.stream().filter(Objects::nonNull).map(JobQueue::entry).toList();
    }

    /** A malformed entry must not block those behind it: it is treated as one of a job that does not exist. */
    private static QueueEntry entry(StreamMessage<String, String, String> message) {
        Map<String, String> fields = message.payload();
        String createdAt = fields.getOrDefault(CREATED_AT, "");
        return new QueueEntry(message.id(), fields.getOrDefault(JOB, ""), Instant.ofEpochMilli(
                NUMBER.matcher(createdAt).matches() ? Long.parseLong(createdAt) : writtenAt(message.id())));
    }

    /** The time in an id that was chosen by hand may be any unsigned 64-bit number. */
    private static long writtenAt(String id) {
        long millis = Long.parseUnsignedLong(id.substring(0, id.indexOf('-')));
        return millis < 0 ? Long.MAX_VALUE : millis;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }
}
