package com.kt.event.content.worker;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.generator.ImageFailure;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.Picture;
import com.kt.event.content.job.IllegalMoveException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobManager;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

/** Drives one claimed job to its end: all its open styles at once, each to its own end. */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JobManager jobManager;
    private final ImageGenerator generator;
    private final ImageStore store;
    private final Gallery gallery;
    private final JobConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    JobRunner(JobManager jobManager, ImageGenerator generator, ImageStore store, Gallery gallery, JobConfig config,
            Clock clock, @Identifier("time-limits") ScheduledExecutorService timer) {
        this.jobManager = jobManager;
        this.generator = generator;
        this.store = store;
        this.gallery = gallery;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
    }

    /** The job at its end. Fails with {@link LeaseLostException} where it has become another worker's. */
    Uni<Job> run(Job claimed, String owner) {
        Run run = new Run(owner, new AtomicReference<>(claimed));
        return run.update(job -> job.start(clock.instant()))
                .chain(run::drawOpenStyles)
                .map(ended -> run.job.get());
    }

    /** One job on its way; its styles share what was last seen of it, and so seldom write to an outdated version. */
    private class Run {
        private final String owner;
        private final AtomicReference<Job> job;
        private final AtomicBoolean waiting = new AtomicBoolean();

        Run(String owner, AtomicReference<Job> job) {
            this.owner = owner;
            this.job = job;
        }

        Uni<Void> drawOpenStyles() {
            List<Uni<Void>> open = job.get().unfinished().stream().map(this::draw).toList();
            return open.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(open).andFailFast().replaceWithVoid();
        }

        private Uni<Void> draw(Style style) {
            Duration timeLeft = timeLeft();
            if (timeLeft.isNegative() || timeLeft.isZero()) {
                return fail(style, StyleError.JOB_DEADLINE, "its time was over before it began");
            }
            return generator.generate(job.get().recommendation(), style)
                    .chain(picture -> keep(style, picture))
                    .ifNoItem().after(timeLeft).on(timer).fail()
                    .onFailure(TimeoutException.class)
                    .recoverWithUni(() -> fail(style, StyleError.JOB_DEADLINE, "its time is over"))
                    .onFailure(ImageFailure.class)
                    .recoverWithUni(failure -> fail(style, error(failure), failure.getMessage()))
                    .onFailure(failure -> !isFinal(failure))
                    .recoverWithUni(failure -> failUnexpectedly(style, failure));
        }

        private Uni<Void> keep(Style style, Picture picture) {
            Job current = job.get();
            String fileName = current.id() + "-" + style.key() + "." + picture.format().extension();
            return untilItWorks(store.keep(fileName, Buffer.buffer(picture.bytes())))
                    .call(link -> untilItWorks(
                            gallery.add(current.eventDraftId(), style, link, current.id(), current.recommendation())))
                    .map(URI::toString)
                    .chain(link -> update(job -> job.complete(style, link, clock.instant())));
        }

        private Uni<Void> fail(Style style, StyleError error, String why) {
            LOG.warnf("job %s: its %s picture FAILED as %s: %s", job.get().id(), style.key(), error, why);
            return update(job -> job.fail(style, error, clock.instant()));
        }

        private Uni<Void> failUnexpectedly(Style style, Throwable failure) {
            LOG.errorf(failure, "job %s: its %s picture FAILED by a fault of this service", job.get().id(),
                    style.key());
            return update(job -> job.fail(style, StyleError.IMAGE_API_ERROR, clock.instant()));
        }

        Uni<Void> update(UnaryOperator<Job> move) {
            return untilItWorks(Uni.createFrom().deferred(() -> jobManager.update(job.get(), owner, move)))
                    .invoke(job::set)
                    .replaceWithVoid();
        }

        /** A picture is paid for and a job promised: while Redis or the disk is away, we wait for it. */
        private <T> Uni<T> untilItWorks(Uni<T> step) {
            return step.onFailure(failure -> !isFinal(failure)).invoke(this::waitsForIt)
                    .onFailure(failure -> !isFinal(failure)).retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE).expireIn(config.job().ttl().toMillis());
        }

        private void waitsForIt(Throwable failure) {
            if (waiting.compareAndSet(false, true)) {
                LOG.warnf("job %s: cannot be written down, trying again for as long as it is kept: %s",
                        job.get().id(), failure);
            }
        }

        private Duration timeLeft() {
            return Duration.between(clock.instant(), job.get().createdAt().plus(config.job().deadline()));
        }
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof LeaseLostException || failure instanceof IllegalMoveException;
    }

    private static StyleError error(ImageFailure failure) {
        return switch (failure.reason()) {
            case REJECTED -> StyleError.IMAGE_REJECTED;
            case TIMEOUT -> StyleError.IMAGE_API_TIMEOUT;
            case ERROR -> StyleError.IMAGE_API_ERROR;
            case INVALID -> StyleError.IMAGE_INVALID;
        };
    }
}
