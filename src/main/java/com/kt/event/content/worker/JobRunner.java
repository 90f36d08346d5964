package com.kt.event.content.worker;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.Gallery;
import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.generator.CallLedger;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.job.IllegalMoveException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.JobConfig;
import com.kt.event.content.job.JobStore;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.job.StyleTask;
import com.kt.event.content.provider.Image;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.redis.RedisFailures;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/** Drives one claimed job to its end: all its open styles at once, each to its own end. */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(5);
    /** An image that comes in the last moment has this long to reach its draft. */
    private static final Duration PUBLISHING = Duration.ofSeconds(5);

    private final JobStore jobStore;
    private final ImageGenerator generator;
    private final ImageStore store;
    private final Gallery gallery;
    private final JobConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RedisLimit redis;
    private final ImageMetrics metrics;

    /** The style was ended by another, who had an image for it. */
    private static final class StyleEndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StyleEndedException() {
            super("the style has ended", null, false, false);
        }
    }

    /** No call goes out while its image could not be kept. */
    private static final class StoreClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StoreClosedException() {
            super("the image store cannot be written to", null, false, false);
        }
    }

    /** The job's record holds what cannot be read, or is no record, and will not change by itself. */
    private static final class RecordLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private RecordLostException(Throwable cause) {
            super("its record cannot be read: " + cause.getMessage(), cause, false, false);
        }
    }

    JobRunner(JobStore jobStore, ImageGenerator generator, ImageStore store, Gallery gallery, JobConfig config,
            Clock clock, @Identifier("time-limits") ScheduledExecutorService timer, RedisLimit redis,
            ImageMetrics metrics) {
        this.jobStore = jobStore;
        this.generator = generator;
        this.store = store;
        this.gallery = gallery;
        this.config = config;
        this.clock = clock;
        this.timer = timer;
        this.redis = redis;
        this.metrics = metrics;
    }

    /** Whether images that are asked for now could be kept. */
    boolean canKeepImages() {
        return store.isWritable();
    }

    /** The job at its end. Fails with {@link LeaseLostException} where it has become another worker's. */
    Uni<Job> run(Job claimed, String owner) {
        Run run = new Run(claimed, owner);
        List<Uni<Void>> styles = claimed.unfinished().stream().map(run::draw).toList();
        return Uni.join().all(styles).andFailFast().chain(run::end);
    }

    /** Ends the job without another call, with the images that it has. Fails with {@link LeaseLostException}. */
    Uni<Job> abandon(Job claimed, String owner, StyleError error) {
        Run run = new Run(claimed, owner);
        return Multi.createFrom().iterable(claimed.unfinished())
                .onItem().transformToUniAndConcatenate(run::hangKept)
                .onItem().ignoreAsUni()
                .chain(() -> run.commit(job -> job.ended() ? job : job.failUnfinished(error, clock.instant())))
                .invoke(ended -> claimed.unfinished().stream()
                        .filter(style -> ended.styles().get(style).error() == error)
                        .forEach(style -> metrics.failed(error)));
    }

    /** One job on its way; its styles share what was last seen of it. */
    private class Run {
        private final String owner;
        private final AtomicReference<Job> job;
        private final GroupCommit commits = new GroupCommit(this::write);
        private final AtomicBoolean waiting = new AtomicBoolean();
        private final AtomicBoolean unpublished = new AtomicBoolean();
        /** Of the lease, or of the record. */
        private final AtomicReference<Throwable> loss = new AtomicReference<>();

        Run(Job claimed, String owner) {
            this.owner = owner;
            this.job = new AtomicReference<>(claimed);
        }

        /** Each style goes to its own end: one that learns of a loss must not cost the others their images. */
        private Uni<Void> draw(Style style) {
            return drawn(style)
                    .onFailure(ImageFailure.class)
                    .recoverWithUni(failure -> fail(style, error(failure), failure.getMessage()))
                    .onFailure(failure -> !isLoss(failure) && !(failure instanceof StyleEndedException)
                            && !(failure instanceof IllegalMoveException))
                    .recoverWithUni(failure -> failUnexpectedly(style, failure))
                    .onFailure(StyleEndedException.class).recoverWithNull()
                    .onFailure(JobRunner::isLoss).invoke(loss::set)
                    .onFailure(JobRunner::isLoss).recoverWithNull();
        }

        Uni<Job> end() {
            return loss.get() == null
                    ? Uni.createFrom().item(job.get())
                    : Uni.createFrom().failure(loss.get());
        }

        private Uni<Void> drawn(Style style) {
            Duration timeLeft = timeLeft();
            if (timeLeft.isNegative() || timeLeft.isZero()) {
                return keptByNow(style).chain(link -> link.isPresent()
                        ? hang(style, link.get())
                        : fail(style, StyleError.JOB_DEADLINE, "its time was over before it began"));
            }
            return inTime(style, timeLeft, keptOrDrawn(style))
                    .chain(link -> hang(style, link))
                    .onFailure(TimeoutException.class)
                    .recoverWithUni(() -> fail(style, StyleError.JOB_DEADLINE, "its time is over"));
        }

        /** A store that cannot be written to may not show what it has, either: it is waited for first. */
        private Uni<URI> keptOrDrawn(Style style) {
            return Uni.createFrom().deferred(() -> store.writable()
                    .chain(() -> keptBefore(style))
                    .chain(link -> link.isPresent()
                            ? Uni.createFrom().item(link.get())
                            : generator.generate(job.get().recommendation(), style, new Ledger(style),
                                    image -> keep(style, image))))
                    .onFailure(StoreClosedException.class).retry().indefinitely();
        }

        /** The image of a call whose outcome was not written down any more. */
        private Uni<Optional<URI>> keptBefore(Style style) {
            return task(style).calls().isOpen()
                    ? untilItWorks(store.findKept(imageName(style)))
                    : Uni.createFrom().item(Optional.empty());
        }

        /** The same where there is no time to wait for a store that has trouble. */
        private Uni<Optional<URI>> keptByNow(Style style) {
            return keptBefore(style)
                    .ifNoItem().after(STORE_LIMIT).on(timer).recoverWithItem(Optional.empty());
        }

        Uni<Void> hangKept(Style style) {
            return keptByNow(style)
                    .chain(link -> link.isPresent() ? hang(style, link.get()) : Uni.createFrom().voidItem());
        }

        /** What is paid for goes on when the time is over: the job has ended by then, but the draft can have it. */
        private Uni<URI> inTime(Style style, Duration timeLeft, Uni<URI> generation) {
            return Uni.createFrom().deferred(() -> {
                CompletableFuture<URI> image = generation.subscribeAsCompletionStage();
                return Uni.createFrom().completionStage(image::copy)
                        .ifNoItem().after(timeLeft).on(timer).fail()
                        .onFailure(TimeoutException.class).invoke(() -> adoptWhenItComes(style, image))
                        .onCancellation().invoke(() -> image.cancel(false));
            });
        }

        private void adoptWhenItComes(Style style, CompletableFuture<URI> late) {
            if (!task(style).calls().isOpen()) {
                late.cancel(false);
                return;
            }
            Uni.createFrom().completionStage(late)
                    .chain(link -> adopt(style, link))
                    .subscribe().with(
                            adopted -> LOG.infof("job %s: its %s image came after its time; the draft has it",
                                    job.get().id(), style.key()),
                            failure -> LOG.infof("job %s: no %s image came after its time either: %s", job.get().id(),
                                    style.key(), failure.getMessage()));
        }

        private Uni<URI> keep(Style style, Image image) {
            return untilItWorks(store.keep(imageName(style), image.format().extension(), image.bytes()));
        }

        private String imageName(Style style) {
            return job.get().id() + "-" + style.key();
        }

        private Uni<Void> hang(Style style, URI link) {
            UnaryOperator<Job> completed = it -> it.isOpen(style)
                    ? it.complete(style, link.toString(), clock.instant())
                    : it;
            return published(style, link)
                    .chain(() -> commit(completed))
                    .onFailure(LeaseLostException.class).recoverWithUni(() -> handIn(style, completed))
                    .invoke(metrics::drawn)
                    .replaceWithVoid();
        }

        /**
         * A gallery that cannot be written to must not hold the job beyond its time: the job has its link all the same. It
         * goes on being tried for as long as that may help.
         */
        private Uni<Void> published(Style style, URI link) {
            Duration limit = timeLeft().compareTo(PUBLISHING) > 0 ? timeLeft() : PUBLISHING;
            return Uni.createFrom().deferred(() -> {
                CompletableFuture<Void> publishing = publish(style, link).subscribeAsCompletionStage();
                return Uni.createFrom().completionStage(publishing::copy)
                        .ifNoItem().after(limit).on(timer).fail()
                        .onCancellation().invoke(() -> publishing.cancel(false))
                        .onFailure().invoke(this::isUnpublished)
                        .onFailure().recoverWithNull();
            });
        }

        /** Once for all styles: what is wrong with the draft's record is wrong for each of them. */
        private void isUnpublished(Throwable failure) {
            if (unpublished.compareAndSet(false, true)) {
                LOG.errorf("job %s: its images are kept and it has their links, but draft %s does not get them: %s",
                        job.get().id(), job.get().eventDraftId(), failure instanceof TimeoutException
                                ? "the job's time is over, and they cannot be written down yet"
                                : failure.getMessage());
            }
        }

        private Uni<Void> publish(Style style, URI link) {
            return untilItWorks(redis.limit(jobStore.isCancelled(job.get().id())))
                    .onFailure(RedisFailures::isFinal).recoverWithItem(false)
                    .chain(cancelled -> cancelled ? adopt(style, link) : add(style, link));
        }

        private Uni<Void> add(Style style, URI link) {
            Job current = job.get();
            return untilItWorks(redis.limit(gallery.publish(current.eventDraftId(), style, link, current.id(),
                    current.createdAt(), current.recommendation())));
        }

        /** Whoever gave up on the job may have liked what hangs there. */
        private Uni<Void> adopt(Style style, URI link) {
            Job current = job.get();
            return untilItWorks(redis.limit(gallery.publishIfAbsent(current.eventDraftId(), style, link, current.id(),
                    current.createdAt(), current.recommendation())));
        }

        private Uni<Job> handIn(Style style, UnaryOperator<Job> completed) {
            LOG.infof("job %s: another worker has it now; the %s image that was paid for here is handed in",
                    job.get().id(), style.key());
            return untilItWorks(redis.limit(jobStore.updateWithoutLease(job.get(), completed)));
        }

        private Uni<Void> fail(Style style, StyleError error, String why) {
            LOG.warnf("job %s: its %s image FAILED as %s: %s", job.get().id(), style.key(), error, why);
            return failed(style, error);
        }

        private Uni<Void> failUnexpectedly(Style style, Throwable failure) {
            LOG.errorf(failure, "job %s: its %s image FAILED by a fault of this service", job.get().id(),
                    style.key());
            return failed(style, StyleError.IMAGE_API_ERROR);
        }

        private Uni<Void> failed(Style style, StyleError error) {
            return commit(it -> it.isOpen(style) ? it.fail(style, error, clock.instant()) : it)
                    .invoke(() -> metrics.failed(error))
                    .replaceWithVoid();
        }

        Uni<Job> commit(UnaryOperator<Job> move) {
            return commits.commit(move);
        }

        private Uni<Job> write(UnaryOperator<Job> moves) {
            return untilItWorks(
                    redis.limit(Uni.createFrom().deferred(() -> jobStore.update(job.get(), owner, moves))))
                    .onFailure(RedisFailures::isFinal).transform(RecordLostException::new)
                    .invoke(job::set);
        }

        /** An image is paid for and a job promised: while Redis is away, we wait for it. */
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

        private StyleTask task(Style style) {
            return job.get().styles().get(style);
        }

        private Duration timeLeft() {
            return Duration.between(clock.instant(), job.get().createdAt().plus(config.job().deadline()));
        }

        /** The calls of one style, in the job's record. */
        private class Ledger implements CallLedger {
            private final Style style;

            Ledger(Style style) {
                this.style = style;
            }

            @Override
            public boolean brokeDown() {
                return task(style).calls().brokeDown();
            }

            @Override
            public Instant brokeDownAt() {
                return task(style).calls().brokeDownAt();
            }

            @Override
            public Uni<Void> calling() {
                if (!store.isWritable()) {
                    return Uni.createFrom().failure(new StoreClosedException());
                }
                Instant at = clock.instant();
                boolean unknown = task(style).calls().isOpen();
                return commit(it -> it.isOpen(style) ? it.openCall(style, at) : it).invoke(written -> {
                    if (!written.isOpen(style)) {
                        throw new StyleEndedException();
                    }
                    if (unknown) {
                        metrics.askedOnceMore();
                        LOG.warnf("job %s: nobody knows what became of its %s image; it is asked for once more and "
                                + "may be charged twice", written.id(), style.key());
                    }
                }).replaceWithVoid();
            }

            @Override
            public Uni<Void> refused() {
                return note(it -> it.closeCall(style, clock.instant()));
            }

            @Override
            public Uni<Void> brokenDown() {
                return note(it -> it.closeCallOnServerError(style, clock.instant()));
            }

            @Override
            public Uni<Void> notSent() {
                return note(it -> it.discardCall(style, clock.instant()));
            }

            private Uni<Void> note(UnaryOperator<Job> move) {
                return commit(it -> it.isOpen(style) ? move.apply(it) : it).replaceWithVoid();
            }
        }
    }

    /** Whether another try would end in the same way. */
    private static boolean isFinal(Throwable failure) {
        return isLoss(failure) || failure instanceof IllegalMoveException || failure instanceof StyleEndedException
                || RedisFailures.isFinal(failure);
    }

    private static boolean isLoss(Throwable failure) {
        return failure instanceof LeaseLostException || failure instanceof RecordLostException;
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
