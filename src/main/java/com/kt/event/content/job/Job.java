package com.kt.event.content.job;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * An accepted request for images. Immutable: each move below returns the changed job, and throws
 * {@link IllegalMoveException} if the job's state does not allow it.
 *
 * @param recommendation the one that was selected at acceptance; later changes of the draft do not affect the job
 * @param styles the state of each requested style
 * @param updatedAt the time of the last change
 * @param version the number of changes, starting at 1
 */
public record Job(
        String id,
        String eventDraftId,
        Recommendation recommendation,
        Map<Style, StyleTask> styles,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The only job type. */
    public static final String TYPE = "IMAGE_GEN";

    public Job {
        if (styles.isEmpty()) {
            throw new IllegalArgumentException("a job needs at least one style");
        }
        styles = Collections.unmodifiableMap(new EnumMap<>(styles));
    }

    static Job create(String id, JobRequest request, Instant now) {
        Map<Style, StyleTask> styles = new EnumMap<>(Style.class);
        request.styles().forEach(style -> styles.put(style, StyleTask.PENDING));
        request.reusable().forEach((style, image) -> styles.put(style, StyleTask.reused(image)));
        return new Job(id, request.eventDraftId(), request.recommendation(), styles, now, now, 1);
    }

    /** Records that a paid call for the style is about to be sent. */
    public Job openCall(Style style, String provider, Instant at) {
        return change(style, task -> task.with(task.calls().open(at, provider)), at);
    }

    /** As above, at a provider that is not recorded. */
    public Job openCall(Style style, Instant at) {
        return openCall(style, null, at);
    }

    /** Records by which id the provider can be asked for the outcome of the call that is open. */
    public Job identifyCall(Style style, String id, Instant now) {
        return change(style, task -> task.with(task.calls().identify(id)), now);
    }

    /** Records that the provider refused the call and generated nothing. */
    public Job closeCall(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().close()), now);
    }

    /** Records that the moderation of the provider refused the image, and that others may be asked. */
    public Job closeCallOnModeration(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().closeOnModeration()), now);
    }

    /** Records that the call ended with a server error of the provider, which most likely generated nothing. */
    public Job closeCallOnServerError(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().closeOnServerError(now)), now);
    }

    /** Takes the call back: it was never sent and does not count. */
    public Job discardCall(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().discard()), now);
    }

    /** As below, for an image of which nothing more is known. */
    public Job complete(Style style, String imageUrl, Instant now) {
        return complete(style, imageUrl, Origin.UNKNOWN, now);
    }

    public Job complete(Style style, String imageUrl, Origin origin, Instant now) {
        return change(style, task -> task.complete(imageUrl, origin), now);
    }

    /** As below, for a style for which no image was made. */
    public Job fail(Style style, StyleError error, Instant now) {
        return fail(style, error, Origin.UNKNOWN, now);
    }

    /** @param origin of an image that was made and could not be used */
    public Job fail(Style style, StyleError error, Origin origin, Instant now) {
        return change(style, task -> task.fail(error, origin), now);
    }

    /** Fails every style that has not ended. */
    public Job failUnfinished(StyleError error, Instant now) {
        return changeUnfinished(task -> task.fail(error, Origin.UNKNOWN), now);
    }

    /**
     * Cancels every style that has not ended; ended styles stay as they are. Idempotent, so that a client may repeat a
     * cancellation whose response was lost.
     *
     * @throws IllegalMoveException if the job has ended otherwise
     */
    public Job cancel(Instant now) {
        if (status() == JobStatus.CANCELLED) {
            return this;
        }
        if (ended()) {
            throw new IllegalMoveException("the job has ended: it is " + status());
        }
        return changeUnfinished(StyleTask::cancel, now);
    }

    /**
     * Derived from the styles. Once all styles have ended it is CANCELLED if any style was cancelled, else COMPLETED if at
     * least one image exists, else FAILED.
     */
    public JobStatus status() {
        if (all(JobStatus.PENDING)) {
            return JobStatus.PENDING;
        }
        if (!unfinished().isEmpty()) {
            return JobStatus.PROCESSING;
        }
        if (any(JobStatus.CANCELLED)) {
            return JobStatus.CANCELLED;
        }
        return any(JobStatus.COMPLETED) ? JobStatus.COMPLETED : JobStatus.FAILED;
    }

    public boolean ended() {
        return status().ended();
    }

    public Set<Style> unfinished() {
        Set<Style> open = EnumSet.noneOf(Style.class);
        styles.forEach((style, task) -> {
            if (!task.status().ended()) {
                open.add(style);
            }
        });
        return open;
    }

    public boolean isOpen(Style style) {
        StyleTask task = styles.get(style);
        return task != null && !task.status().ended();
    }

    /** The number of calls in flight. */
    long openCalls() {
        return styles.values().stream().filter(task -> task.calls().isOpen()).count();
    }

    /** Whether there is an unfinished style without a call in flight. */
    public boolean hasStylesToCall() {
        return unfinished().size() > openCalls();
    }

    public boolean possiblyChargedTwice() {
        return styles.values().stream().anyMatch(StyleTask::possiblyChargedTwice);
    }

    /** The number of styles that have an image. */
    public int completed() {
        return (int) styles.values().stream().filter(task -> task.status() == JobStatus.COMPLETED).count();
    }

    /** What the images of this job took, by provider and model. */
    public List<ProviderUsage> usage() {
        return ProviderUsage.of(styles.values());
    }

    /** The share of styles that have ended, in percent. */
    public int progress() {
        return 100 * (styles.size() - unfinished().size()) / styles.size();
    }

    private Job change(Style style, UnaryOperator<StyleTask> move, Instant now) {
        if (!styles.containsKey(style)) {
            throw new IllegalMoveException("the job does not include the style " + style.key());
        }
        Map<Style, StyleTask> next = new EnumMap<>(styles);
        next.compute(style, (key, task) -> move.apply(task));
        return with(next, now);
    }

    private Job changeUnfinished(UnaryOperator<StyleTask> move, Instant now) {
        Map<Style, StyleTask> next = new EnumMap<>(styles);
        unfinished().forEach(style -> next.computeIfPresent(style, (key, task) -> move.apply(task)));
        return with(next, now);
    }

    private Job with(Map<Style, StyleTask> next, Instant now) {
        return new Job(id, eventDraftId, recommendation, next, createdAt, now, version + 1);
    }

    private boolean all(JobStatus status) {
        return styles.values().stream().allMatch(task -> task.status() == status);
    }

    private boolean any(JobStatus status) {
        return styles.values().stream().anyMatch(task -> task.status() == status);
    }
}
