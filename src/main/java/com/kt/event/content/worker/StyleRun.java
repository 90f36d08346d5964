package com.kt.event.content.worker;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.ImageStore;
import com.kt.event.content.generator.GeneratedImage;
import com.kt.event.content.generator.ImageGenerator;
import com.kt.event.content.generator.ImageUnavailableException;
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
            return findKeptQuickly().chain(link -> link.isPresent()
                    ? publish(link.get())
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
                .chain(link -> link.isPresent() ? publish(link.get()) : Uni.createFrom().voidItem());
    }

    /** A store that cannot be written may not show what it has either, so the search waits for it. */
    private Uni<URI> keptOrGenerated() {
        Uni<URI> attempt = Uni.createFrom().deferred(() -> store.writable()
                .chain(this::findKept)
                .chain(link -> link.isPresent() ? Uni.createFrom().item(link.get()) : generate()));
        return attempt.onFailure(StoreClosedException.class)
                .recoverWithUni(() -> attempt.onFailure(StoreClosedException.class).retry().indefinitely());
    }

    /** The image of an earlier call whose worker died after it had stored the image and before it recorded that. */
    private Uni<Optional<URI>> findKept() {
        return ledger.isOpen()
                ? job.retried(store.findKept(imageName()))
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<URI>> findKeptQuickly() {
        return findKept().ifNoItem().after(STORE_LIMIT).on(timer).recoverWithItem(Optional.empty());
    }

    private Uni<URI> generate() {
        return generator.generate(job.job().recommendation(), style, ledger, this::keep);
    }

    private Uni<URI> keep(GeneratedImage image) {
        return job.retried(store.keep(imageName(), image.extension(), image.bytes()));
    }

    private String imageName() {
        return job.id() + "-" + style.key();
    }

    /** Fails at the limit. A call in flight is billed and goes on: the draft gets its image late. */
    private Uni<URI> within(Duration limit, Uni<URI> generation) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<URI> image = generation.subscribeAsCompletionStage();
            return Uni.createFrom().completionStage(image::copy)
                    .ifNoItem().after(limit).on(timer).fail()
                    .onFailure(TimeoutException.class).invoke(() -> publishLate(image))
                    .onCancellation().invoke(() -> image.cancel(false));
        });
    }

    private void publishLate(CompletableFuture<URI> image) {
        if (!ledger.isOpen()) {
            image.cancel(false);
            return;
        }
        Uni.createFrom().completionStage(image)
                .chain(link -> publisher.publishIfAbsent(style, link))
                .subscribe().with(
                        published -> LOG.infof("job %s: %s image arrived after the deadline, published in the draft",
                                job.id(), style.key()),
                        failure -> LOG.infof("job %s: %s image did not arrive after the deadline either: %s", job.id(),
                                style.key(), failure.getMessage()));
    }

    private Uni<Void> publish(URI link) {
        UnaryOperator<Job> completed = it -> it.isOpen(style)
                ? it.complete(style, link.toString(), job.now())
                : it;
        return publisher.publish(style, link)
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
        return job.commit(it -> it.isOpen(style) ? it.fail(style, error, job.now()) : it)
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
