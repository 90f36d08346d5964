package com.kt.event.content.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.KeptImage;
import com.kt.event.content.job.Job;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/** Publishes the images of one job in its draft's gallery. Images that are ready at the same time share a write. */
final class ImagePublisher {
    private static final Logger LOG = Logger.getLogger(ImagePublisher.class);

    /** The time limit for an image that arrives at the job's deadline. */
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(5);

    /**
     * How long an image waits for the others of its job, if they are ready at about the same time: one write of the draft and
     * one of the job then do for all.
     */
    private static final Duration LONGEST_DELAY = Duration.ofMillis(20);

    private final JobRun job;
    private final Gallery gallery;
    private final ScheduledExecutorService timer;
    private final GroupCommit<Map.Entry<Style, KeptImage>, Void> group;
    private final Set<Style> ready = ConcurrentHashMap.newKeySet();
    private final WriteDelay delay;
    private final AtomicBoolean failureReported = new AtomicBoolean();

    ImagePublisher(JobRun job, Gallery gallery, ScheduledExecutorService timer) {
        this.job = job;
        this.gallery = gallery;
        this.timer = timer;
        this.delay = new WriteDelay(() -> ready.containsAll(job.job().unfinished()), LONGEST_DELAY, timer,
                job::atEndOfTick);
        this.group = new GroupCommit<>(this::replaceUnlessCancelled, delay);
    }

    /**
     * Publishes an image in place of the draft's present one, or, if the job was cancelled, where the draft has none. Never
     * fails: the job keeps its link even if the gallery cannot be written. Past the job's deadline the retries go on in the
     * background.
     */
    Uni<Void> publish(Style style, KeptImage image) {
        Duration limit = job.timeLeft().compareTo(SHORTEST_LIMIT) > 0 ? job.timeLeft() : SHORTEST_LIMIT;
        Uni<Void> publishing = Uni.createFrom().deferred(() -> {
            ready.add(style);
            delay.check();
            return group.commit(Map.entry(style, image));
        });
        return publishing
                .ifNoItem().after(limit).on(timer).fail()
                .onFailure().invoke(this::report)
                .onFailure().recoverWithNull();
    }

    /** Publishes an image where the draft has none in this style. */
    Uni<Void> publishIfAbsent(Style style, KeptImage image) {
        return publishIfAbsent(Map.of(style, image));
    }

    /** The owner of a cancelled job may have cancelled it to keep the present images. */
    private Uni<Void> replaceUnlessCancelled(List<Map.Entry<Style, KeptImage>> group) {
        Map<Style, KeptImage> images = new EnumMap<>(Style.class);
        group.forEach(entry -> images.put(entry.getKey(), entry.getValue()));
        return job.isCancelled()
                .onFailure(RedisFailures::isFinal).recoverWithItem(false)
                .chain(cancelled -> cancelled ? publishIfAbsent(images) : replace(images));
    }

    private Uni<Void> publishIfAbsent(Map<Style, KeptImage> images) {
        Job current = job.job();
        Uni<Void> command = gallery.publishIfAbsent(current.eventDraftId(), images, current.id(),
                current.createdAt(), current.recommendation());
        return job.retriedCommand(command);
    }

    private Uni<Void> replace(Map<Style, KeptImage> images) {
        Job current = job.job();
        Uni<Void> command = gallery.publish(current.eventDraftId(), images, current.id(), current.createdAt(),
                current.recommendation());
        return job.retriedCommand(command);
    }

    /** Once per job: a broken gallery fails every style alike. */
    private void report(Throwable failure) {
        if (failureReported.compareAndSet(false, true)) {
            LOG.errorf("job %s: cannot publish its images in draft %s, only the job has their links: %s", job.id(),
                    job.job().eventDraftId(), failure instanceof TimeoutException
                            ? "still failing at the job's deadline"
                            : failure.getMessage());
        }
    }
}
