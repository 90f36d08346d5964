package com.kt.event.content.gallery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Deletes renditions whose image is gone: it has expired, or was deleted while an instance that made a rendition of it
 * crashed.
 */
@ApplicationScoped
class RenditionCleanUp {
    private static final Logger LOG = Logger.getLogger(RenditionCleanUp.class);

    /** The images are listed first: a younger rendition may be of an image that was stored since. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** The rest is deleted an hour later. */
    private static final int MOST_AT_ONCE = 50_000;
    private static final int CONCURRENT_DELETIONS = 4;

    private final ImageFiles files;
    private final Clock clock;

    RenditionCleanUp(ImageFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Soon after the expired images are deleted, and the orphaned ones. */
    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "renditions-without-image")
    Uni<Void> run() {
        Instant oldest = clock.instant().minus(MARGIN);
        NameSet images = new NameSet();
        List<String> found = new ArrayList<>();
        return files.visit(file -> images.add(ImageNames.imageName(file.name())))
                .invoke(images::sorted)
                .chain(() -> files.visitRenditions(file -> {
                    boolean isOld = file.lastModified().isBefore(oldest);
                    if (isOld && found.size() < MOST_AT_ONCE && !images.contains(ImageNames.imageName(file.name()))) {
                        found.add(file.name());
                    }
                }))
                .chain(() -> deleteAll(found))
                .onFailure()
                .invoke(failure -> LOG.warnf("cannot delete renditions without image, retrying in an hour: %s",
                        failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> deleteAll(List<String> names) {
        return Multi.createFrom().iterable(names)
                .onItem().transformToUni(files::delete).merge(CONCURRENT_DELETIONS)
                .onItem().ignoreAsUni()
                .invoke(() -> {
                    if (!names.isEmpty()) {
                        LOG.infof("deleted %d renditions whose image is gone", names.size());
                    }
                });
    }
}
