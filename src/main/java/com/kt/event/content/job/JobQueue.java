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
 * The queue, {@code content:jobs}: a stream whose entries name jobs. An entry leaves the stream when its job has ended,
 * so the stream's length is the number of jobs that wait or run.
 *
 * <p>All instances read as one consumer of one group. Whose a job is, its lease says, not the consumer's name; and
 * names of instances that come and go would pile up in the group.
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
    /** No entry has it, so that nothing happens to any. */
    private static final String NO_ENTRY = "0-1";

    /**
     * KEYS[1] the stream; ARGV: most entries, the job, when it was accepted. Answers the entry's id, or nothing where the
     * stream is full.
     */
    private static final String APPEND = """
            if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
            return redis.call('XADD', KEYS[1], '*', 'job', ARGV[2], 'createdAt', ARGV[3])
            """;

    /**
     * As {@link #APPEND}, unless the stream has an entry of the job that nobody has taken; then that one's id is answered.
     * ARGV[4] is the group. Newest first. Whoever has taken an entry may have found no record, and remove the entry in a
     * moment.
     */
    private static final String APPEND_ONCE = """
            local from = '+'
            repeat
                local page = redis.call('XREVRANGE', KEYS[1], from, '-', 'COUNT', 500)
                for _, entry in ipairs(page) do
                    for i = 1, #entry[2], 2 do
                        if entry[2][i] == 'job' and entry[2][i + 1] == ARGV[2]
                            and #redis.pcall('XPENDING', KEYS[1], ARGV[4], entry[1], entry[1], 1) == 0 then
                            return entry[1]
                        end
                    end
                    from = '(' .. entry[1]
                end
            until #page < 500
            """ + APPEND;

    /** KEYS[1] the stream; ARGV: group, entry. Answers how many entries were removed. */
    private static final String REMOVE = """
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            return redis.call('XDEL', KEYS[1], ARGV[2])
            """;

    /**
     * KEYS[1] the stream; ARGV: group, entry, the job, when it was accepted. Answers the new entry's id, or nothing where
     * the old one was not (or no longer) taken.
     */
    private static final String HAND_BACK = """
            if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return false end
            redis.call('XDEL', KEYS[1], ARGV[2])
            return redis.call('XADD', KEYS[1], '*', 'job', ARGV[3], 'createdAt', ARGV[4])
            """;

    /**
     * Acknowledges entries that were taken and then deleted by somebody else, which Redis 6.2 goes on to count as taken.
     * KEYS[1] the stream; ARGV: group, the id to begin at, how many to look at. Answers the id to go on at, or nothing
     * where there are no more.
     */
    private static final String FORGET_DELETED = """
            local taken = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], '+', ARGV[3])
            for _, pending in ipairs(taken) do
                if #redis.call('XRANGE', KEYS[1], pending[1], pending[1]) == 0 then
                    redis.call('XACK', KEYS[1], ARGV[1], pending[1])
                end
            end
            return #taken == tonumber(ARGV[3]) and '(' .. taken[#taken][1]
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
    Uni<Void> append(String jobId, Instant createdAt) {
        return append(jobId, createdAt, config.queue().maxLength());
    }

    /** As {@link #append(String, Instant)}, where the queue may have {@code maxLength} entries. */
    Uni<Void> append(String jobId, Instant createdAt, int maxLength) {
        return append(APPEND, jobId, createdAt, maxLength);
    }

    /**
     * As {@link #append}, where an entry of the job may wait already; then nothing is done. Reads the queue. An entry that
     * was taken before the job's record was written would be removed as one of a job that is gone.
     */
    Uni<Void> appendOnce(String jobId, Instant createdAt) {
        return append(APPEND_ONCE, jobId, createdAt, config.queue().maxLength());
    }

    private Uni<Void> append(String script, String jobId, Instant createdAt, int maxLength) {
        return redis
                .execute(Command.EVAL, script, "1", KEY, Integer.toString(maxLength), jobId, millis(createdAt), GROUP)
                .onItem().ifNull().failWith(() -> new QueueFullException(maxLength))
                .replaceWithVoid();
    }

    /** How many jobs wait or run. */
    public Uni<Long> length() {
        return streams.xlen(KEY);
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
        return takeStalled(max, idle, FROM_THE_START, new ArrayList<>());
    }

    /** Redis looks at a limited number of entries each time, and says where to go on. */
    private Uni<List<QueueEntry>> takeStalled(int max, Duration idle, String from, List<QueueEntry> found) {
        return streams.xautoclaim(KEY, GROUP, CONSUMER, idle, from, max - found.size())
                .call(claimed -> isWhole(claimed.getMessages()) ? Uni.createFrom().voidItem() : forgetDeleted("-"))
                .chain(claimed -> {
                    found.addAll(entries(claimed.getMessages()));
                    return found.size() >= max || claimed.getId().equals(FROM_THE_START)
                            ? Uni.createFrom().item(found)
                            : takeStalled(max, idle, claimed.getId(), found);
                });
    }

    /** Redis 6.2 has nothing to show for an entry that was deleted after it was taken, not even its id. */
    private static boolean isWhole(List<StreamMessage<String, String, String>> messages) {
        return messages.stream().allMatch(Objects::nonNull);
    }

    private Uni<Void> forgetDeleted(String from) {
        return redis.execute(Command.EVAL, FORGET_DELETED, "1", KEY, GROUP, from, Integer.toString(PAGE))
                .chain(next -> next == null ? Uni.createFrom().voidItem() : forgetDeleted(next.toString()));
    }

    /**
     * The entries of jobs that were accepted before {@code limit}, whoever has them: waiting ones are not taken by being
     * looked at. Reads the whole queue.
     */
    public Multi<QueueEntry> acceptedBefore(Instant limit) {
        return acceptedBefore(limit, "+");
    }

    /**
     * As {@link #acceptedBefore}, but for what was handed back since: it has a younger entry than its job. Reads no more
     * than it answers, for an entry's id says when it was written.
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

    /** Says that the entries' jobs are being worked on. */
    public Uni<Void> touch(Collection<QueueEntry> entries) {
        List<String> args = new ArrayList<>(List.of(KEY, GROUP, CONSUMER, "0"));
        entries.forEach(entry -> args.add(entry.id()));
        args.add("JUSTID");
        return redis.execute(Command.XCLAIM, args.toArray(String[]::new)).replaceWithVoid();
    }

    /** Fails where Redis takes no writes to the queue. Changes nothing. */
    public Uni<Void> probe() {
        return redis.execute(Command.XCLAIM, KEY, GROUP, CONSUMER, "0", NO_ENTRY, "JUSTID").replaceWithVoid();
    }

    /** Puts the entry's job back into the queue, where it wakes the next worker. */
    public Uni<Void> handBack(QueueEntry entry) {
        return redis.execute(Command.EVAL, HAND_BACK, "1", KEY, GROUP, entry.id(), entry.jobId(),
                millis(entry.createdAt())).replaceWithVoid();
    }

    /** The entry's job has ended: nobody need see it again. */
    public Uni<Void> remove(QueueEntry entry) {
        return redis.execute(Command.EVAL, REMOVE, "1", KEY, GROUP, entry.id()).replaceWithVoid();
    }

    private static List<QueueEntry> entries(List<StreamMessage<String, String, String>> messages) {
        return messages.stream().filter(Objects::nonNull).map(JobQueue::entry).toList();
    }

    /** One that was not written by us must not stop all that stand behind it: it names a job that is gone. */
    private static QueueEntry entry(StreamMessage<String, String, String> message) {
        Map<String, String> fields = message.payload();
        String createdAt = fields.getOrDefault(CREATED_AT, "");
        return new QueueEntry(message.id(), fields.getOrDefault(JOB, ""), Instant.ofEpochMilli(
                NUMBER.matcher(createdAt).matches() ? Long.parseLong(createdAt) : writtenAt(message.id())));
    }

    /** In an id that somebody chose, the time may be any number of 64 bits. */
    private static long writtenAt(String id) {
        long millis = Long.parseUnsignedLong(id.substring(0, id.indexOf('-')));
        return millis < 0 ? Long.MAX_VALUE : millis;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }
}
