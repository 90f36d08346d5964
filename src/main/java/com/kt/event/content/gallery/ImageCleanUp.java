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

/** Deletes images whose links have expired, and partial files that a crash left behind. */
@ApplicationScoped
class ImageCleanUp {
    private static final Logger LOG = Logger.getLogger(ImageCleanUp.class);

    /** Files outlive their links by this, so that no link breaks early when clocks differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** After a week without an instance everything has expired; the rest is deleted an hour later. */
    private static final int MOST_AT_ONCE = 50_000;
    private static final int CONCURRENT_DELETIONS = 4;

    private final ImageFiles files;
    private final GoneImages goneImages;
    private final Duration ttl;
    private final Clock clock;

    ImageCleanUp(ImageFiles files, GoneImages goneImages, GalleryConfig config, Clock clock) {
        this.files = files;
        this.goneImages = goneImages;
        this.ttl = config.image().ttl();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP,
            identity = "expired-images")
    Uni<Void> run() {
        Instant now = clock.instant();
        return deleteExpired(now)
                .chain(() -> files.deleteUnfinished(now.minus(MARGIN)))
                .onFailure()
                .invoke(failure -> LOG.warnf("cannot delete expired images, retrying in an hour: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> deleteExpired(Instant now) {
        Instant oldest = now.minus(ttl).minus(MARGIN);
        List<StoredFile> expired = new ArrayList<>();
        return files.visit(file -> {
            if (file.lastModified().isBefore(oldest) && expired.size() < MOST_AT_ONCE) {
                expired.add(file);
            }
        }).chain(() -> Multi.createFrom().iterable(expired)
                .onItem().transformToUni(file -> delete(file, now)).merge(CONCURRENT_DELETIONS)
                .filter(deleted -> deleted).collect().asList())
                .invoke(deleted -> {
                    if (!deleted.isEmpty()) {
                        LOG.infof("deleted %d expired image files", deleted.size());
                    }
                })
                .replaceWithVoid();
    }

    /** Whether it is deleted. One that cannot be deleted does not keep the others from it. */
    private Uni<Boolean> delete(StoredFile file, Instant now) {
        Duration left = Duration.between(now, file.lastModified().plus(ttl).plus(GoneImages.LIFE));
        return goneImages.add(file.name(), left)
                .chain(() -> files.delete(file.name())
                        .onItem().transform(done -> true)
                        .onFailure().invoke(failure -> LOG.debugf("cannot delete %s: %s", file.name(), failure))
                        .onFailure().recoverWithItem(false));
    }
}
