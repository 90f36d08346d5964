package com.kt.event.content.gallery;

import static com.kt.event.content.redis.RedisScripts.millis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

/** Owns {@code content:image:{eventDraftId}}, the published images of a draft: the newest one of each style. */
@ApplicationScoped
public class Gallery {
    /** More than clocks differ. A job time further in the future is not a time that this service wrote. */
    private static final Duration SKEW = Duration.ofHours(1);

    /** The field with the links of images that were replaced and still work. */
    static final String REPLACED = "replaced";

    /** All fields but {@link #REPLACED}, which may be long. */
    private static final String[] FIELDS = Stream
            .concat(Stream.of(Style.values()).map(Style::key), Stream.of(GalleryCodec.RECOMMENDATION))
            .toArray(String[]::new);

    private static final RedisScript PUBLISH = RedisScript.load("gallery/publish");
    private static final RedisScript REMOVE = RedisScript.load("gallery/remove");

    private final ReactiveHashCommands<String, String, String> hashes;
    private final RedisScripts scripts;
    private final GalleryCodec codec;
    private final Duration ttl;
    private final Clock clock;

    Gallery(ReactiveRedisDataSource redis, RedisScripts scripts, JsonCodec json, GalleryConfig config, Clock clock) {
        this.hashes = redis.hash(String.class);
        this.scripts = scripts;
        this.codec = new GalleryCodec(json);
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    /**
     * Publishes a job's images in place of the draft's images of these styles, with the recommendation they were made from.
     * Publishing a second image of the same job and style changes nothing, nor does an image replace one of a newer job. The
     * links of images that the draft has no longer are remembered until they expire.
     *
     * @param requestedAt when the job was accepted
     */
    public Uni<Void> publish(String eventDraftId, Map<Style, KeptImage> images, String jobId, Instant requestedAt,
            Recommendation madeFrom) {
        return publish(eventDraftId, images, jobId, requestedAt, madeFrom, false);
    }

    /** Publishes images of a job that has ended already, unless the draft has an unexpired image of the style. */
    public Uni<Void> publishIfAbsent(String eventDraftId, Map<Style, KeptImage> images, String jobId,
            Instant requestedAt,
            Recommendation madeFrom) {
        return publish(eventDraftId, images, jobId, requestedAt, madeFrom, true);
    }

    private Uni<Void> publish(String eventDraftId, Map<Style, KeptImage> images, String jobId, Instant requestedAt,
            Recommendation madeFrom, boolean onlyIfAbsent) {
        Instant now = clock.instant();
        String fingerprint = madeFrom.fingerprint();
        List<String> args = new ArrayList<>(List.of(millis(ttl), onlyIfAbsent ? "1" : "0",
                now.toString(), Long.toString(now.plus(SKEW).toEpochMilli()), jobId,
                Long.toString(requestedAt.toEpochMilli()), codec.write(madeFrom)));
        images.forEach((style, image) -> {
            args.add(style.key());
            args.add(codec.write(new GalleryImage(image.link(), jobId, image.keptAt(), image.keptAt().plus(ttl),
                    requestedAt.toEpochMilli(), fingerprint, image.details(), image.origin())));
        });
        return scripts.run(PUBLISH, key(eventDraftId), args.toArray(String[]::new)).replaceWithVoid();
    }

    /** The draft's unexpired images and the recommendation they were made from. Unreadable fields are skipped. */
    public Uni<DraftImages> find(String eventDraftId) {
        return fields(key(eventDraftId)).map(fields -> unexpired(eventDraftId, fields));
    }

    /** Adds the command that reads the draft's images. */
    void addFind(String eventDraftId, RedisBatch batch) {
        batch.add(Command.HMGET, Stream.concat(Stream.of(key(eventDraftId)), Stream.of(FIELDS)).toArray(String[]::new));
    }

    /** As {@link #find}, from the reply to {@link #addFind}. */
    DraftImages read(String eventDraftId, Response reply) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < FIELDS.length; i++) {
            if (reply.get(i) != null) {
                fields.put(FIELDS[i], reply.get(i).toString());
            }
        }
        return unexpired(eventDraftId, fields);
    }

    private DraftImages unexpired(String eventDraftId, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return DraftImages.NONE;
        }
        String key = key(eventDraftId);
        Instant now = clock.instant();
        Map<Style, GalleryImage> images = images(key, fields);
        images.values().removeIf(image -> !image.expiresAt().isAfter(now));
        return new DraftImages(images, codec.recommendation(key, fields));
    }

    /** The draft's images of these styles, including expired ones. */
    public Uni<List<GalleryImage>> findAll(String eventDraftId, Set<Style> styles) {
        String key = key(eventDraftId);
        return fields(key).map(fields -> {
            Map<Style, GalleryImage> images = images(key, fields);
            images.keySet().retainAll(styles);
            return List.copyOf(images.values());
        });
    }

    private Uni<Map<String, String>> fields(String key) {
        return hashes.hmget(key, FIELDS)
                .invoke(fields -> fields.values().removeIf(Objects::isNull))
                .onFailure(RedisFailures::isWrongType)
                .invoke(() -> codec.warnOnce(key + " is not a hash: the draft shows no images"))
                .onFailure(RedisFailures::isWrongType).recoverWithItem(Map::of);
    }

    private Map<Style, GalleryImage> images(String key, Map<String, String> fields) {
        Map<Style, GalleryImage> images = new EnumMap<>(Style.class);
        fields.forEach((field, value) -> Style.ofKey(field).ifPresent(style -> codec.image(key, field, value)
                .ifPresent(image -> images.put(style, image))));
        return images;
    }

    /** Removes the draft's images of these styles and returns the readable ones. */
    public Uni<List<GalleryImage>> remove(String eventDraftId, Set<Style> styles) {
        String key = key(eventDraftId);
        List<Style> ordered = List.copyOf(styles);
        List<String> args = new ArrayList<>(List.of(Integer.toString(Style.values().length)));
        Stream.of(Style.values()).map(Style::key).forEach(args::add);
        ordered.stream().map(Style::key).forEach(args::add);
        return scripts.run(REMOVE, key, args.toArray(String[]::new)).map(removed -> IntStream
                .range(0, removed.size()).filter(i -> removed.get(i) != null).boxed()
                .flatMap(i -> codec.image(key, ordered.get(i).key(), removed.get(i).toString()).stream()).toList());
    }

    static String key(String eventDraftId) {
        return "content:image:" + eventDraftId;
    }
}
