package com.kt.event.content.gallery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.redis.RedisServers;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.redis.datasource.value.ValueCommands;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;

/**
 * Deletes orphaned images that were orphaned an hour before as well. Owns {@code content:orphans}, the time since which it
 * is known which images were replaced. Older ones may have been replaced under an older version, or Redis may have lost its
 * data: their links were promised to work, so they live until they expire.
 */
@ApplicationScoped
class OrphanCleanUp {
    static final String SINCE = "content:orphans";

    private static final Logger LOG = Logger.getLogger(OrphanCleanUp.class);

    private final OrphanedImages orphanedImages;
    private final ImageFiles files;
    private final GoneImages goneImages;
    private final StoredRenditions renditions;
    private final ValueCommands<String, String> values;
    private final RedisDataSource redis;
    private final Duration ttl;
    private final Clock clock;

    /** What the last run found. */
    private Set<String> suspects = Set.of();

    OrphanCleanUp(OrphanedImages orphanedImages, ImageFiles files, GoneImages goneImages,
            StoredRenditions renditions, RedisDataSource redis, GalleryConfig config, Clock clock) {
        this.orphanedImages = orphanedImages;
        this.files = files;
        this.goneImages = goneImages;
        this.renditions = renditions;
        this.values = redis.value(String.class);
        this.redis = redis;
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "orphaned-images")
    void run() {
        try {
            List<StoredFile> found = orphanedImages.find(since());
            List<StoredFile> orphans = found.stream().filter(file -> suspects.contains(file.name())).toList();
            suspects = found.stream().map(StoredFile::name).collect(Collectors.toSet());
            orphans.forEach(this::delete);
            if (!orphans.isEmpty()) {
                LOG.infof("deleted %d image files that no job and no draft names", orphans.size());
            }
        } catch (RuntimeException e) {
            LOG.warnf("cannot look for image files that no job and no draft names, retrying in an hour: %s", e);
        }
    }

    /** Lives until everything from before has expired, if no instance runs for that long. */
    private Instant since() {
        Duration life = ttl.plusDays(1);
        values.set(SINCE, clock.instant().toString(), new SetArgs().nx().px(life.toMillis()));
        redis.key().pexpire(SINCE, life);
        return Instant.parse(values.get(SINCE));
    }

    private void delete(StoredFile file) {
        goneImages.add(file.name(), GoneImages.LIFE).chain(() -> files.delete(file.name()))
                .chain(() -> renditions.deleteAll(ImageNames.imageName(file.name())))
                .await().atMost(RedisServers.LIMIT);
    }
}
