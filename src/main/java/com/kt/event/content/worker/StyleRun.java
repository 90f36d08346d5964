package com.kt.event.content.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.gallery.KeptImage;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.ImageUnavailableException;
import com.kt.event.content.image.Image;
import com.kt.event.content.job.IllegalMoveException;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.StyleError;
import com.kt.event.content.recommendation.Style;
import com.kt.event.content.worker.JobCallLedger.StoreClosedException;
import com.kt.event.content.worker.JobCallLedger.StyleEndedException;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/** One image of a job: taken from the store if it is there already, else generated and stored; then published. */
final class StyleRun {
    private static final Logger LOG = Logger.getLogger(StyleRun.class);

    /** How long the store may take to find an image when the job has no time left. */
    private static final Duration STORE_LIMIT = Duration.ofSeconds(5);

    private final JobRun job;
    private final Style style;
    private final ImageGenerator generator;
    private final ImageStore store;
    private final ImagePublisher publisher;
    private final ImageMetrics metrics;
    private final ScheduledExecutorService timer;
    private final JobCallLedger ledger;

    StyleRun(JobRun job, Style style, ImageGenerator generator, ImageStore store, ImagePublisher publisher,
            ImageMetrics metrics, ScheduledExecutorService timer) {
        this.job = job;
        this.style = style;
        this.generator = generator;
        this.store = store;
        this.publisher = publisher;
        this.metrics = metrics;
        this.timer = timer;
        this.ledger = new JobCallLedger(job, style, store::isWritable, metrics);
    }

    /** Runs the style to its end. The loss of the lease ends it quietly, so that the other styles can hand in theirs. */
    Uni<Void> run() {
        return publishBeforeDeadline()
                .onFailure(ImageUnavailableException.class)
                .recoverWithUni(failure -> fail(error(failure), failure.getMessage()))
                .onFailure(StyleRun::isUnexpected).recoverWithUni(this::failUnexpectedly)
                .onFailure(StyleEndedException.class).recoverWithNull()
                .onFailure(JobRun::isLoss).invoke(job::lost)
                .onFailure(JobRun::isLoss).recoverWithNull();
    }

    private Uni<Void> publishBeforeDeadline() {
        Duration timeLeft = job.timeLeft();
        if (timeLeft.isNegative() || timeLeft.isZero()) {
            return findKeptQuickly().chain(kept -> kept.isPresent()
                    ? publish(kept.get())
                    : fail(StyleError.JOB_DEADLINE, "the deadline passed before it began"));
        }
        return within(timeLeft, keptOrGenerated())
                .chain(this::publish)
                .onFailure(TimeoutException.class)
                .recoverWithUni(() -> fail(StyleError.JOB_DEADLINE, "the deadline has passed"));
    }

    /** Publishes the image if the store has it already, at no cost. */
    Uni<Void> publishKept() {
        return findKeptQuickly()
                .chain(kept -> kept.isPresent() ? publish(kept.get()) : Uni.createFrom().voidItem());
    }

    /** A store that cannot be written may not show what it has either, so the search waits for it. */
    private Uni<KeptImage> keptOrGenerated() {
        Uni<KeptImage> attempt = Uni.createFrom().deferred(() -> store.writable()
                .chain(this::findKept)
                .chain(kept -> kept.isPresent() ? Uni.createFrom().item(kept.get()) : generate()));
        return attempt.onFailure(StoreClosedException.class)
                .recoverWithUni(() -> attempt.onFailure(StoreClosedException.class).retry().indefinitely());
    }

    /** The image of an earlier call whose worker died after it had stored the image and before it recorded that. */
    private Uni<Optional<KeptImage>> findKept() {
        return ledger.isOpen()
                ? job.retried(store.findKept(imageName())).invoke(kept -> kept.ifPresent(image -> wasMadeEarlier()))
                : Uni.createFrom().item(Optional.empty());
    }

    private void wasMadeEarlier() {
        if (ledger.lastProvider() != null) {
            ledger.made(generator.madeEarlier(job.job().recommendation(), style, ledger.lastProvider()));
        }
    }

    private Uni<Optional<KeptImage>> findKeptQuickly() {
        return findKept().ifNoItem().after(STORE_LIMIT).on(timer).recoverWithItem(Optional.empty());
    }

    private Uni<KeptImage> generate() {
        return generator.generate(job.job().recommendation(), style, ledger, this::keep);
    }

    private Uni<KeptImage> keep(Image image) {
        return job.retried(store.keep(imageName(), image));
    }

    private String imageName() {
        return job.id() + "-" + style.key();
    }

    /** Fails at the limit. A call in flight is billed and goes on: the draft gets its image late. */
    private Uni<KeptImage> within(Duration limit, Uni<KeptImage> generation) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<KeptImage> image = generation.subscribeAsCompletionStage();
            return Uni.createFrom().completionStage(image::copy)
                    .ifNoItem().after(limit).on(timer).fail()
                    .onFailure(TimeoutException.class).invoke(() -> publishLate(image))
                    .onCancellation().invoke(() -> image.cancel(false));
        });
    }

    private void publishLate(CompletableFuture<KeptImage> image) {
        if (!ledger.isOpen()) {
            image.cancel(false);
            return;
        }
        Uni.createFrom().completionStage(image)
                .chain(kept -> publisher.publishIfAbsent(style, kept.withOrigin(ledger.imageOrigin())))
                .subscribe().with(
                        published -> LOG.infof("job %s: %s image arrived after the deadline, published in the draft",
                                job.id(), style.key()),
                        failure -> LOG.infof("job %s: %s image did not arrive after the deadline either: %s", job.id(),
                                style.key(), failure.getMessage()));
    }

    private Uni<Void> publish(KeptImage image) {
        UnaryOperator<Job> completed = it -> it.isOpen(style)
                ? it.complete(style, image.link().toString(), ledger.origin(), job.now())
                : it;
        return publisher.publish(style, image.withOrigin(ledger.imageOrigin()))
                .chain(() -> job.commit(completed))
                .onFailure(LeaseLostException.class).recoverWithUni(() -> handIn(completed))
                .invoke(metrics::generated)
                .replaceWithVoid();
    }

    private Uni<Job> handIn(UnaryOperator<Job> completed) {
        LOG.infof("job %s: lease lost, handing in the paid %s image to the worker that holds it", job.id(),
                style.key());
        return job.handIn(completed);
    }

    private Uni<Void> fail(StyleError error, String reason) {
        LOG.warnf("job %s: %s image FAILED as %s: %s", job.id(), style.key(), error, reason);
        return failAs(error);
    }

    private Uni<Void> failUnexpectedly(Throwable failure) {
        LOG.errorf(failure, "job %s: %s image FAILED because of a fault in this service", job.id(), style.key());
        return failAs(StyleError.IMAGE_API_ERROR);
    }

    private Uni<Void> failAs(StyleError error) {
        return job.commit(it -> it.isOpen(style) ? it.fail(style, error, ledger.origin(), job.now()) : it)
                .invoke(() -> metrics.failed(error))
                .replaceWithVoid();
    }

    private static boolean isUnexpected(Throwable failure) {
        return !JobRun.isLoss(failure) && !(failure instanceof StyleEndedException)
                && !(failure instanceof IllegalMoveException);
    }

    private static StyleError error(ImageUnavailableException failure) {
        return switch (failure.reason()) {
            case REJECTED -> StyleError.IMAGE_REJECTED;
            case TIMEOUT -> StyleError.IMAGE_API_TIMEOUT;
            case ERROR -> StyleError.IMAGE_API_ERROR;
            case INVALID -> StyleError.IMAGE_INVALID;
        };
    }
}
