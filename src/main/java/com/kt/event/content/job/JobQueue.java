package com.kt.event.content.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XGroupCreateArgs;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * The queue, {@code content:jobs}: a stream whose entries name jobs. An entry leaves the stream when its job has ended,
 * so the stream's length is the number of jobs that wait or run.
 *
 * <p>All instances read as one consumer of one group. Whose a job is, its lease says, not the consumer's name; and
 * names of instances that come and go would pile up in the group.
 */
@ApplicationScoped
public class JobQueue {
    private static final String KEY = "content:jobs";
    private static final String GROUP = "workers";
    private static final String CONSUMER = "worker";
    private static final String JOB = "job";

    /** KEYS[1] the stream; ARGV: most entries, the job. Answers the entry's id, or nothing where the stream is full. */
    private static final String APPEND = """
            if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
            return redis.call('XADD', KEYS[1], '*', 'job', ARGV[2])
            """;

    /** KEYS[1] the stream; ARGV: group, entry. Answers how many entries were removed. */
    private static final String REMOVE = """
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            return redis.call('XDEL', KEYS[1], ARGV[2])
            """;

    /**
     * KEYS[1] the stream; ARGV: group, entry, the job. Answers the new entry's id, or nothing where the old one was not
     * (or no longer) taken.
     */
    private static final String HAND_BACK = """
            if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return false end
            redis.call('XDEL', KEYS[1], ARGV[2])
            return redis.call('XADD', KEYS[1], '*', 'job', ARGV[3])
            """;

    private final ReactiveRedisDataSource redis;
    private final ReactiveStreamCommands<String, String, String> streams;
    private final ReactiveStreamCommands<String, String, String> blockingStreams;
    private final JobConfig config;

    JobQueue(ReactiveRedisDataSource redis, @RedisClientName("queue") ReactiveRedisDataSource blocking,
            JobConfig config) {
        this.redis = redis;
        this.streams = redis.stream(String.class);
        this.blockingStreams = blocking.stream(String.class);
        this.config = config;
    }

    /** Fails with {@link QueueFullException}. */
    Uni<Void> append(String jobId) {
        int maxLength = config.queue().maxLength();
        return redis.execute(Command.EVAL, APPEND, "1", KEY, Integer.toString(maxLength), jobId)
                .onItem().ifNull().failWith(() -> new QueueFullException(maxLength))
                .replaceWithVoid();
    }

    /** Makes the group, and the stream with it, where Redis does not know them (any more). */
    public Uni<Void> open() {
        return streams.xgroupCreate(KEY, GROUP, "0", new XGroupCreateArgs().mkstream())
                .onFailure(failure -> String.valueOf(failure.getMessage()).startsWith("BUSYGROUP")).recoverWithNull();
    }

    /**
     * The next entries that no worker has seen, at most {@code max}, as soon as there is one; none after {@code wait}.
     */
    public Uni<List<QueueEntry>> take(int max, Duration wait) {
        return blockingStreams.xreadgroup(GROUP, CONSUMER, KEY, ">", new XReadGroupArgs().count(max).block(wait))
                .map(JobQueue::entries);
    }

    /**
     * Entries that were taken and then not touched for {@code idle}: whoever had them is gone. They count as touched.
     */
    public Uni<List<QueueEntry>> takeStalled(int max, Duration idle) {
        return streams.xautoclaim(KEY, GROUP, CONSUMER, idle, "0", max)
                .map(claimed -> entries(claimed.getMessages()));
    }

    /** Says that the entries' jobs are being worked on. */
    public Uni<Void> touch(Collection<QueueEntry> entries) {
        List<String> args = new ArrayList<>(List.of(KEY, GROUP, CONSUMER, "0"));
        entries.forEach(entry -> args.add(entry.id()));
        args.add("JUSTID");
        return redis.execute(Command.XCLAIM, args.toArray(String[]::new)).replaceWithVoid();
    }

    /** Puts the entry's job back into the queue, where it wakes the next worker. */
    public Uni<Void> handBack(QueueEntry entry) {
        return redis.execute(Command.EVAL, HAND_BACK, "1", KEY, GROUP, entry.id(), entry.jobId()).replaceWithVoid();
    }

    /** The entry's job has ended: nobody need see it again. */
    public Uni<Void> remove(QueueEntry entry) {
        return redis.execute(Command.EVAL, REMOVE, "1", KEY, GROUP, entry.id()).replaceWithVoid();
    }

    private static List<QueueEntry> entries(List<StreamMessage<String, String, String>> messages) {
        return messages.stream().map(message -> new QueueEntry(message.id(), message.payload().get(JOB))).toList();
    }
}
