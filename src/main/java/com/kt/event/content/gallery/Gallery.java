package com.kt.event.content.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

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
     * Hangs a picture, unless the one that hangs there is of the same job, or ARGV[2] is 1 and there is one at all.
     * KEYS[1] the draft's pictures; ARGV: time to live (ms), only where there is none (1 or 0), the job, the style, its
     * picture, then field, value, and so on. Answers 1 where it hangs now.
     */
    private static final String ADD = """
            local there = redis.call('HGET', KEYS[1], ARGV[4])
            if there and (ARGV[2] == '1' or cjson.decode(there).jobId == ARGV[3]) then return 0 end
            redis.call('HSET', KEYS[1], unpack(ARGV, 4))
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
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
     * Hangs a picture, in place of the one that the draft had in this style, and remembers what it was made from. A job
     * hangs one picture of a style: a second one changes nothing.
     */
    public Uni<Void> add(String eventDraftId, Style style, URI imageUrl, String jobId, Recommendation madeFrom) {
        return add(eventDraftId, style, imageUrl, jobId, madeFrom, false);
    }

    /** Hangs a picture that came too late for its job, where the draft has none in this style. */
    public Uni<Void> adopt(String eventDraftId, Style style, URI imageUrl, String jobId, Recommendation madeFrom) {
        return add(eventDraftId, style, imageUrl, jobId, madeFrom, true);
    }

    private Uni<Void> add(String eventDraftId, Style style, URI imageUrl, String jobId, Recommendation madeFrom,
            boolean onlyWhereNoneIs) {
        Instant now = clock.instant();
        GalleryPicture picture = new GalleryPicture(imageUrl, jobId, now, now.plus(ttl));
        return redis.execute(Command.EVAL, ADD, "1", key(eventDraftId), Long.toString(ttl.toMillis()),
                onlyWhereNoneIs ? "1" : "0", jobId, style.key(), write(picture), RECOMMENDATION, write(madeFrom))
                .replaceWithVoid();
    }

    /** The draft's pictures that have not expired; empty where it has none. */
    public Uni<Map<Style, GalleryPicture>> find(String eventDraftId) {
        return hashes.hgetall(key(eventDraftId)).map(this::unexpired);
    }

    private Map<Style, GalleryPicture> unexpired(Map<String, String> fields) {
        Map<Style, GalleryPicture> pictures = new EnumMap<>(Style.class);
        fields.forEach((field, value) -> Style.ofKey(field).ifPresent(style -> pictures.put(style, read(value))));
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

    private GalleryPicture read(String value) {
        try {
            return json.readValue(value, GalleryPicture.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
