package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/** Knows which images a draft has: {@code content:image:{eventDraftId}}, one per style, the newest one. */
@ApplicationScoped
public class Gallery {
    /** Clocks differ by less. Who says that an image is of a job from the future has written no time of a job there. */
    private static final Duration SKEW = Duration.ofHours(1);

    /**
     * Hangs an image, unless the one that hangs there is of the same job, or of a newer one, or ARGV[2] is 1 and there is
     * one at all that has not expired. What cannot be read hangs there no more than nothing. KEYS[1] the draft's images;
     * ARGV: time to live (ms), only where there is none (1 or 0), now as text, the latest time (ms) that a job may have
     * been accepted, the job, when that was accepted (ms), the style, its image, then field, value, and so on. Answers 1
     * where it hangs now.
     */
    private static final String ADD = """
            local there = redis.call('HGET', KEYS[1], ARGV[7])
            local readable, image = pcall(cjson.decode, there or '')
            if readable and type(image) == 'table' and type(image.imageUrl) == 'string'
                    and type(image.expiresAt) == 'string' then
                local accepted = tonumber(image.jobCreatedAt) or 0
                if accepted > tonumber(ARGV[4]) then accepted = 0 end
                if image.jobId == ARGV[5] or accepted > tonumber(ARGV[6])
                        or ARGV[2] == '1' and image.expiresAt > ARGV[3] then
                    return 0
                end
            end
            redis.call('HSET', KEYS[1], unpack(ARGV, 7))
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    /**
     * Takes images down, and forgets the draft with the last of them, or at once where the key is none of ours. KEYS[1]
     * the draft's images; ARGV: number of all styles there are, all of them, then those to take down. Answers what hung
     * there, style by style.
     */
    private static final String REMOVE = """
            local all = tonumber(ARGV[1])
            local type = redis.call('TYPE', KEYS[1]).ok
            if type ~= 'hash' then
                redis.call('DEL', KEYS[1])
                return {}
            end
            local removed = redis.call('HMGET', KEYS[1], unpack(ARGV, all + 2))
            redis.call('HDEL', KEYS[1], unpack(ARGV, all + 2))
            for _, left in ipairs(redis.call('HMGET', KEYS[1], unpack(ARGV, 2, all + 1))) do
                if left then return removed end
            end
            redis.call('DEL', KEYS[1])
            return removed
            """;

    private final ReactiveRedisDataSource redis;
    private final ReactiveHashCommands<String, String, String> hashes;
    private final GalleryCodec json;
    private final Duration ttl;
    private final Clock clock;

    Gallery(ReactiveRedisDataSource redis, ObjectMapper json, GalleryConfig config, Clock clock) {
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.json = new GalleryCodec(json);
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    /**
     * Hangs a job's image, in place of the one that the draft had in this style, and remembers what it was made from. A
     * job hangs one image of a style: a second one changes nothing. Nor does an image replace a newer job's.
     *
     * @param requestedAt when the job was accepted
     */
    public Uni<Void> publish(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom) {
        return publish(eventDraftId, style, imageUrl, jobId, requestedAt, madeFrom, false);
    }

    /** Hangs an image that nobody waits for any more, where the draft has none in this style. */
    public Uni<Void> publishIfAbsent(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom) {
        return publish(eventDraftId, style, imageUrl, jobId, requestedAt, madeFrom, true);
    }

    private Uni<Void> publish(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom, boolean onlyIfAbsent) {
        Instant now = clock.instant();
        GalleryImage image = new GalleryImage(imageUrl, jobId, now, now.plus(ttl), requestedAt.toEpochMilli(),
                madeFrom.fingerprint());
        return redis.execute(Command.EVAL, ADD, "1", key(eventDraftId), Long.toString(ttl.toMillis()),
                onlyIfAbsent ? "1" : "0", now.toString(), Long.toString(now.plus(SKEW).toEpochMilli()), jobId,
                Long.toString(requestedAt.toEpochMilli()), style.key(), json.write(image),
                GalleryCodec.RECOMMENDATION, json.write(madeFrom)).replaceWithVoid();
    }

    /** The draft's images that have not expired, and what they were made from; without what cannot be read. */
    public Uni<DraftImages> find(String eventDraftId) {
        String key = key(eventDraftId);
        return fields(key).map(fields -> {
            Map<Style, GalleryImage> images = images(key, fields);
            images.values().removeIf(image -> !image.expiresAt().isAfter(clock.instant()));
            return new DraftImages(images, json.recommendation(key, fields));
        });
    }

    /** The draft's images in these styles, though they may have expired. */
    public Uni<List<GalleryImage>> findAll(String eventDraftId, Set<Style> styles) {
        String key = key(eventDraftId);
        return fields(key).map(fields -> {
            Map<Style, GalleryImage> images = images(key, fields);
            images.keySet().retainAll(styles);
            return List.copyOf(images.values());
        });
    }

    private Uni<Map<String, String>> fields(String key) {
        return hashes.hgetall(key)
                .onFailure(RedisFailures::isWrongType)
                .invoke(() -> json.warnOnce(key + " is no hash: nobody sees images"))
                .onFailure(RedisFailures::isWrongType).recoverWithItem(Map::of);
    }

    private Map<Style, GalleryImage> images(String key, Map<String, String> fields) {
        Map<Style, GalleryImage> images = new EnumMap<>(Style.class);
        fields.forEach((field, value) -> Style.ofKey(field).ifPresent(style -> json.image(key, field, value)
                .ifPresent(image -> images.put(style, image))));
        return images;
    }

    /** Takes the draft's images in these styles down, and answers those that can be read. */
    public Uni<List<GalleryImage>> remove(String eventDraftId, Set<Style> styles) {
        String key = key(eventDraftId);
        List<Style> ordered = List.copyOf(styles);
        List<String> args = new ArrayList<>(List.of(REMOVE, "1", key, Integer.toString(Style.values().length)));
        Stream.of(Style.values()).map(Style::key).forEach(args::add);
        ordered.stream().map(Style::key).forEach(args::add);
        return redis.execute(Command.EVAL, args.toArray(String[]::new)).map(removed -> IntStream
                .range(0, removed.size()).filter(i -> removed.get(i) != null).boxed()
                .flatMap(i -> json.image(key, ordered.get(i).key(), removed.get(i).toString()).stream()).toList());
    }

    static String key(String eventDraftId) {
        return "content:image:" + eventDraftId;
    }
}
