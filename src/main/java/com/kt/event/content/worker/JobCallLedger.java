package com.kt.event.content.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import com.kt.event.content.gallery.ImageOrigin;
import com.kt.event.content.generator.CallLedger;
import com.kt.event.content.generator.MadeImage;
import com.kt.event.content.generator.OutcomeAwaitedException;
import com.kt.event.content.job.CallRecord;
import com.kt.event.content.job.Job;
import com.kt.event.content.job.LeaseLostException;
import com.kt.event.content.job.Origin;
import com.kt.event.content.job.StyleUsage;
import com.kt.event.content.recommendation.Style;

import io.smallrye.mutiny.Uni;

/** Records the paid calls of one style in its job's record. */
final class JobCallLedger implements CallLedger {
    private static final Logger LOG = Logger.getLogger(JobCallLedger.class);

    private final JobRun job;
    private final Style style;
    private final BooleanSupplier storeIsWritable;
    private final ImageMetrics metrics;
    /** Null until an image was made. */
    private volatile MadeImage made;
    /** When this worker's last call was recorded; null before the first one. */
    private volatile Instant openedAt;

    /** The style has ended elsewhere: it was cancelled, or another worker handed in an image. */
    static final class StyleEndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StyleEndedException() {
            super("the style has ended", null, false, false);
        }
    }

    /** The image of a call could not be stored at the moment, so no call goes out. */
    static final class StoreClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private StoreClosedException() {
            super("the image store cannot be written to", null, false, false);
        }
    }

    JobCallLedger(JobRun job, Style style, BooleanSupplier storeIsWritable, ImageMetrics metrics) {
        this.job = job;
        this.style = style;
        this.storeIsWritable = storeIsWritable;
        this.metrics = metrics;
    }

    @Override
    public boolean isOpen() {
        return calls().isOpen();
    }

    @Override
    public Duration timeLeft() {
        return job.timeLeft();
    }

    @Override
    public boolean hadServerError() {
        return calls().brokeDown();
    }

    @Override
    public Instant lastServerError() {
        return calls().brokeDownAt();
    }

    /** Fails with {@link StoreClosedException} or {@link StyleEndedException} if the call must not go out. */
    @Override
    public Uni<Void> recordCall(String provider) {
        if (!storeIsWritable.getAsBoolean()) {
            return Uni.createFrom().failure(new StoreClosedException());
        }
        Instant at = job.now();
        boolean unknown = isOpen();
        openedAt = at;
        return record(it -> isIdentified(it) ? it : it.openCall(style, provider, at))
                .invoke(written -> {
                    if (!written.isOpen(style)) {
                        throw new StyleEndedException();
                    }
                    if (isIdentified(written)) {
                        throw new OutcomeAwaitedException();
                    }
                    if (unknown) {
                        reportUnknown();
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public String lastProvider() {
        return calls().provider();
    }

    @Override
    public String openId() {
        return calls().id();
    }

    @Override
    public Collection<String> refusedBy() {
        List<String> names = calls().refusedBy();
        return names == null ? List.of() : names;
    }

    private boolean isIdentified(Job it) {
        return it.styles().get(style).calls().id() != null;
    }

    /**
     * Goes on though nobody waits for it, as after a timeout of the call. If the lease is lost, the worker that holds it finds
     * the id; if the record is, this call goes on all the same, because its image is paid for.
     */
    @Override
    public Uni<Void> recordId(String id) {
        CompletableFuture<Job> written = record(it -> it.identifyCall(style, id, job.now()))
                .onFailure(LeaseLostException.class).recoverWithUni(() -> handIn(id))
                .onFailure(JobRun::isLoss).recoverWithItem(job::job)
                .subscribeAsCompletionStage();
        return Uni.createFrom().completionStage(written::copy).replaceWithVoid();
    }

    /** Unless that worker has made a call of its own already. */
    private Uni<Job> handIn(String id) {
        LOG.infof("job %s: lease lost, handing in the id of the paid call for its %s image", job.id(), style.key());
        Instant opened = openedAt;
        return job.handIn(it -> it.isOpen(style) && opened.equals(it.styles().get(style).calls().openSince())
                ? it.identifyCall(style, id, job.now())
                : it);
    }

    @Override
    public void made(MadeImage image) {
        made = image;
    }

    /** Of the image that was made. */
    Origin origin() {
        return made == null
                ? Origin.UNKNOWN
                : new Origin(made.provider(), made.model(),
                        new StyleUsage(made.inputTokens(), made.outputTokens(), made.units(), made.cost()));
    }

    /** As {@link #origin}, for the gallery; null if nothing is known. */
    ImageOrigin imageOrigin() {
        return made == null ? null : new ImageOrigin(made.provider(), made.model(), made.prompt(), made.requestId());
    }

    private void reportUnknown() {
        metrics.repeatedUnknownCall();
        LOG.warnf("job %s: outcome of the last call for its %s image unknown, calling again; it may be billed twice",
                job.id(), style.key());
    }

    @Override
    public Uni<Void> recordRefusal() {
        return record(it -> it.closeCall(style, job.now())).replaceWithVoid();
    }

    @Override
    public Uni<Void> recordModerationRefusal() {
        return record(it -> it.closeCallOnModeration(style, job.now())).replaceWithVoid();
    }

    @Override
    public Uni<Void> recordServerError() {
        return record(it -> it.closeCallOnServerError(style, job.now())).replaceWithVoid();
    }

    @Override
    public Uni<Void> recordNotSent() {
        return record(it -> it.discardCall(style, job.now())).replaceWithVoid();
    }

    /** A style that has ended meanwhile stays as it is. */
    private Uni<Job> record(UnaryOperator<Job> move) {
        return job.commit(it -> it.isOpen(style) ? move.apply(it) : it);
    }

    private CallRecord calls() {
        return job.job().styles().get(style).calls();
    }
}
