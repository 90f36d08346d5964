package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/** Knows which pictures a draft has: {@code content:image:{eventDraftId}}, one per style, the newest one. */
@ApplicationScoped
public class Gallery {
    private static final String RECOMMENDATION = "recommendation";

    /**
     * Hangs a picture, unless the one that hangs there is of the same job, or of a newer one, or ARGV[2] is 1 and there is
     * one at all. KEYS[1] the draft's pictures; ARGV: time to live (ms), only where there is none (1 or 0), the job, when
     * that was accepted (ms), the style, its picture, then field, value, and so on. Answers 1 where it hangs now.
     */
    private static final String ADD = """
            local there = redis.call('HGET', KEYS[1], ARGV[5])
            if there then
                local picture = cjson.decode(there)
                if ARGV[2] == '1' or picture.jobId == ARGV[3] or (picture.jobCreatedAt or 0) > tonumber(ARGV[4]) then
                    return 0
                end
            end
            redis.call('HSET', KEYS[1], unpack(ARGV, 5))
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    /**
     * Takes pictures down, and forgets the draft with the last of them. KEYS[1] the draft's pictures; ARGV: number of all
     * styles there are, all of them, then those to take down. Answers what hung there, one by one.
     */
    private static final String REMOVE = """
            local all = tonumber(ARGV[1])
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
    private final ObjectMapper json;
    private final Duration ttl;
    private final Clock clock;

    Gallery(ReactiveRedisDataSource redis, ObjectMapper json, GalleryConfig config, Clock clock) {
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.json = json;
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    /**
     * Hangs a job's picture, in place of the one that the draft had in this style, and remembers what it was made from. A
     * job hangs one picture of a style: a second one changes nothing. Nor does a picture replace a newer job's.
     *
     * @param requestedAt when the job was accepted
     */
    public Uni<Void> add(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom) {
        return add(eventDraftId, style, imageUrl, jobId, requestedAt, madeFrom, false);
    }

    /** Hangs a picture that nobody waits for any more, where the draft has none in this style. */
    public Uni<Void> adopt(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom) {
        return add(eventDraftId, style, imageUrl, jobId, requestedAt, madeFrom, true);
    }

    private Uni<Void> add(String eventDraftId, Style style, URI imageUrl, String jobId, Instant requestedAt,
            Recommendation madeFrom, boolean onlyWhereNoneIs) {
        Instant now = clock.instant();
        GalleryPicture picture = new GalleryPicture(imageUrl, jobId, now, now.plus(ttl), requestedAt.toEpochMilli(),
                madeFrom.fingerprint());
        return redis.execute(Command.EVAL, ADD, "1", key(eventDraftId), Long.toString(ttl.toMillis()),
                onlyWhereNoneIs ? "1" : "0", jobId, Long.toString(requestedAt.toEpochMilli()), style.key(),
                write(picture), RECOMMENDATION, write(madeFrom))
                .replaceWithVoid();
    }

    /** The draft's pictures that have not expired, and what they were made from. */
    public Uni<DraftPictures> find(String eventDraftId) {
        return hashes.hgetall(key(eventDraftId)).map(fields -> new DraftPictures(unexpired(fields),
                Optional.ofNullable(fields.get(RECOMMENDATION)).map(value -> read(value, Recommendation.class))));
    }

    /** Takes the draft's pictures in these styles down, and answers them. */
    public Uni<List<GalleryPicture>> remove(String eventDraftId, Set<Style> styles) {
        List<String> args = new ArrayList<>(List.of(REMOVE, "1", key(eventDraftId),
                Integer.toString(Style.values().length)));
        Stream.of(Style.values()).map(Style::key).forEach(args::add);
        styles.stream().map(Style::key).forEach(args::add);
        return redis.execute(Command.EVAL, args.toArray(String[]::new)).map(removed -> StreamSupport
                .stream(removed.spliterator(), false).filter(Objects::nonNull)
                .map(value -> read(value.toString(), GalleryPicture.class)).toList());
    }

    private Map<Style, GalleryPicture> unexpired(Map<String, String> fields) {
        Map<Style, GalleryPicture> pictures = new EnumMap<>(Style.class);
        fields.forEach((field, value) -> Style.ofKey(field)
                .ifPresent(style -> pictures.put(style, read(value, GalleryPicture.class))));
        pictures.values().removeIf(picture -> !picture.expiresAt().isAfter(clock.instant()));
        return pictures;
    }

    static String key(String eventDraftId) {
        return "content:image:" + eventDraftId;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String value, Class<T> type) {
        try {
            return json.readValue(value, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
