package com.kt.event.content.job;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * A request for images, from acceptance to its end. It changes only through the named moves below, which answer the
 * job as it is after them and refuse what a job's life does not allow.
 *
 * @param recommendation what it was accepted with; a later change of the draft does not reach a running job
 * @param styles what became of each style that was asked for
 * @param updatedAt when it last changed
 * @param version counts the changes, from 1
 */
public record Job(
        String id,
        String eventDraftId,
        Recommendation recommendation,
        Map<Style, StyleTask> styles,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The one kind of job there is. */
    public static final String TYPE = "IMAGE_GEN";

    public Job {
        if (styles.isEmpty()) {
            throw new IllegalArgumentException("a job asks for at least one style");
        }
        styles = Collections.unmodifiableMap(new EnumMap<>(styles));
    }

    static Job create(String id, JobRequest request, Instant now) {
        Map<Style, StyleTask> styles = new EnumMap<>(Style.class);
        request.styles().forEach(style -> styles.put(style, StyleTask.PENDING));
        request.finished().forEach((style, imageUrl) -> styles.put(style, StyleTask.finished(imageUrl)));
        return new Job(id, request.eventDraftId(), request.recommendation(), styles, now, now, 1);
    }

    /** A paid call for the style is about to go out. */
    public Job call(Style style, Instant at) {
        return change(style, task -> task.with(task.calls().open(at)), at);
    }

    /** The call was turned away before anything was made. */
    public Job refuse(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().close()), now);
    }

    /** The provider broke down over the call, which most likely made nothing. */
    public Job breakDown(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().closeAsBrokenDown(now)), now);
    }

    /** The call did not go out after all. */
    public Job withdraw(Style style, Instant now) {
        return change(style, task -> task.with(task.calls().withdraw()), now);
    }

    public Job complete(Style style, String imageUrl, Instant now) {
        return change(style, task -> task.complete(imageUrl), now);
    }

    public Job fail(Style style, StyleError error, Instant now) {
        return change(style, task -> task.fail(error), now);
    }

    /** Gives up on every style that has not ended. */
    public Job abandon(StyleError error, Instant now) {
        return changeUnfinished(task -> task.fail(error), now);
    }

    /**
     * Its owner wants no more of it: what has ended stays, nothing else is made. A second time changes nothing, so that
     * a cancellation whose answer was lost may be repeated.
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
     * The fold of its styles: CANCELLED where it was, else COMPLETED as soon as nothing runs any more and at least one
     * image exists.
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
        return styles.containsKey(style) && !styles.get(style).status().ended();
    }

    /** How many of its calls are out. */
    long callsOut() {
        return styles.values().stream().filter(task -> task.calls().isOpen()).count();
    }

    /** Whether there is a style whose call has yet to go out. */
    public boolean waits() {
        return unfinished().size() > callsOut();
    }

    public boolean possiblyChargedTwice() {
        return styles.values().stream().anyMatch(StyleTask::possiblyChargedTwice);
    }

    /** How many of its styles have an image. */
    public int completed() {
        return (int) styles.values().stream().filter(task -> task.status() == JobStatus.COMPLETED).count();
    }

    /** Percent of the styles that have ended, one way or the other. */
    public int progress() {
        return 100 * (styles.size() - unfinished().size()) / styles.size();
    }

    private Job change(Style style, UnaryOperator<StyleTask> move, Instant now) {
        if (!styles.containsKey(style)) {
            throw new IllegalMoveException("the job was not asked for the style " + style.key());
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
