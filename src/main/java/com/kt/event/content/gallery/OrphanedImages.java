package com.kt.event.content.gallery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.job.JobStore;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;
import com.kt.event.content.redis.RedisServers;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;

/**
 * Finds images that nothing names: no draft has them, not even as ones that were replaced, and their jobs are forgotten. A
 * crash or a lost record leaves them behind. All methods block.
 */
@ApplicationScoped
public class OrphanedImages {
    /** How old an image is at least: a worker that is about to publish it may be waiting for Redis. */
    static final Duration GRACE = Duration.ofHours(2);

    /** The rest is found the next time. */
    private static final int MOST = 10_000;
    private static final int STEP = 100;
    /** The fields of a draft that name images. */
    private static final String[] FIELDS = Stream
            .concat(Stream.of(Style.values()).map(Style::key), Stream.of(Gallery.REPLACED)).toArray(String[]::new);

    private final ImageFiles files;
    private final RedisServers servers;
    private final ReactiveRedisDataSource redis;
    private final ReactiveHashCommands<String, String, String> hashes;
    private final Duration ttl;
    private final Clock clock;

    OrphanedImages(ImageFiles files, RedisServers servers, ReactiveRedisDataSource redis, GalleryConfig config,
            Clock clock) {
        this.files = files;
        this.servers = servers;
        this.redis = redis;
        this.hashes = redis.hash(String.class);
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    /** The number of orphaned images, as far as they are counted. Throws if the store or Redis cannot be read. */
    public int count() {
        return find(Instant.MIN).size();
    }

    /**
     * The files of orphaned images that were stored after {@code oldest} and have not expired. The names come first: an image
     * that is published meanwhile is too young to count.
     */
    List<StoredFile> find(Instant oldest) {
        Instant now = clock.instant();
        Instant expired = now.minus(ttl);
        Instant from = oldest.isAfter(expired) ? oldest : expired;
        NameSet named = namedByDrafts();
        List<StoredFile> unnamed = new ArrayList<>();
        files.visit(file -> {
            boolean isJudged = file.lastModified().isAfter(from) && file.lastModified().isBefore(now.minus(GRACE));
            if (isJudged && unnamed.size() < MOST && !named.contains(file.name())) {
                unnamed.add(file);
            }
        }).await().indefinitely();
        return withoutJob(unnamed);
    }

    private NameSet namedByDrafts() {
        NameSet names = new NameSet();
        servers.forEach(server -> server.scan(Gallery.key("*"), keys -> all(keys.stream().map(this::fields).toList())
                .stream().flatMap(fields -> fields.values().stream()).filter(Objects::nonNull)
                .forEach(value -> ImageNames.in(value).forEach(names::add))));
        return names.sorted();
    }

    /** A key of another type names nothing. */
    private Uni<Map<String, String>> fields(String key) {
        return hashes.hmget(key, FIELDS).onFailure(RedisFailures::isWrongType).recoverWithItem(Map.of());
    }

    private List<StoredFile> withoutJob(List<StoredFile> unnamed) {
        List<StoredFile> orphans = new ArrayList<>();
        for (int start = 0; start < unnamed.size(); start += STEP) {
            List<StoredFile> step = unnamed.subList(start, Math.min(start + STEP, unnamed.size()));
            List<Boolean> haveJob = all(step.stream()
                    .map(file -> redis.key().exists(JobStore.key(ImageNames.jobId(file.name())))).toList());
            for (int i = 0; i < step.size(); i++) {
                if (!haveJob.get(i)) {
                    orphans.add(step.get(i));
                }
            }
        }
        return orphans;
    }

    /** Sent at once; the connection sends them in a pipeline. */
    private static <T> List<T> all(List<Uni<T>> commands) {
        return commands.isEmpty()
                ? List.of()
                : Uni.join().all(commands).andFailFast().await().atMost(RedisServers.LIMIT);
    }
}
