package com.kt.event.content.gallery;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.redis.JsonCodec;
import com.kt.event.content.redis.RedisBatch;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisHash;
import com.kt.event.content.redis.RedisPipeline;
import com.kt.event.content.redis.RedisScript;
import com.kt.event.content.redis.RedisScripts;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;

/**
 * Owns {@code content:renditions:{image}}: the renditions of an image that have been made, or are about to be stored. So
 * they can be listed and deleted without a look at the store.
 */
@ApplicationScoped
class RecordedRenditions {
    private static final Logger LOG = Logger.getLogger(RecordedRenditions.class);
    private static final RedisScript ADD = RedisScript.load("renditions/add");

    private final ReactiveRedisDataSource redis;
    private final RedisScripts scripts;
    private final RedisPipeline pipeline;
    private final JsonCodec json;

    RecordedRenditions(ReactiveRedisDataSource redis, RedisScripts scripts, RedisPipeline pipeline, JsonCodec json) {
        this.redis = redis;
        this.scripts = scripts;
        this.pipeline = pipeline;
        this.json = json;
    }

    Uni<Void> add(RenditionName name, RenditionDetails details, Instant expiresAt) {
        return scripts.run(ADD, key(name.image()), name.field(), json.write(details),
                Long.toString(expiresAt.toEpochMilli())).replaceWithVoid();
    }

    /** Those of these images, in one round trip. What cannot be read counts as not recorded. */
    Uni<Map<RenditionName, RenditionDetails>> of(Collection<String> images) {
        if (images.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        RedisBatch batch = new RedisBatch();
        images.forEach(image -> batch.add(Command.HGETALL, key(image)));
        return pipeline.send(batch).map(replies -> {
            Map<RenditionName, RenditionDetails> all = new HashMap<>();
            int i = 0;
            for (String image : images) {
                RedisHash.fields(replies.get(i++)).forEach((field, value) -> put(image, field, value, all));
            }
            return all;
        }).onFailure(RedisFailures::isWrongType).recoverWithItem(Map.of());
    }

    private void put(String image, String field, String value, Map<RenditionName, RenditionDetails> all) {
        try {
            RenditionDetails details = json.read(value, RenditionDetails.class);
            RenditionName.of(image + "." + field).filter(name -> details != null)
                    .ifPresent(name -> all.put(name, details));
        } catch (UnreadableValueException e) {
            LOG.debugf("%s, field %s: %s", key(image), field, e);
        }
    }

    /** The names of those of an image, whether or not the rest can be read. */
    Uni<List<RenditionName>> names(String image) {
        return redis.hash(String.class).hkeys(key(image))
                .onFailure(RedisFailures::isWrongType).recoverWithItem(List.of())
                .map(fields -> fields.stream().flatMap(field -> RenditionName.of(image + "." + field).stream())
                        .toList());
    }

    Uni<Void> forget(String image) {
        return redis.key().del(key(image)).replaceWithVoid();
    }

    static String key(String image) {
        return "content:renditions:" + image;
    }
}
