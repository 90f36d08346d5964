package com.kt.event.content.job;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * A request for a draft's images.
 *
 * @param reusable existing images that satisfy the request without a paid call
 * @param force whether every image must be newly generated
 */
public record JobRequest(String eventDraftId, Recommendation recommendation, Set<Style> styles,
        Map<Style, ReusableImage> reusable, boolean force) {

    /** Images in these styles; existing ones are reused. */
    public static JobRequest of(String eventDraftId, Recommendation recommendation, Collection<Style> styles,
            Map<Style, ReusableImage> reusable) {
        return new JobRequest(eventDraftId, recommendation, EnumSet.copyOf(styles), reusable, false);
    }

    /** Newly generated images in these styles, whatever exists. */
    public static JobRequest forced(String eventDraftId, Recommendation recommendation, Collection<Style> styles) {
        return new JobRequest(eventDraftId, recommendation, EnumSet.copyOf(styles), new EnumMap<>(Style.class), true);
    }

    /** Whether existing images cover all requested styles. */
    boolean needsNoGeneration() {
        return reusable.keySet().containsAll(styles);
    }

    /** Whether the live job already produces what is requested, so that a second job would pay for the same images twice. */
    boolean isSatisfiedBy(Job job) {
        return !job.ended() && job.recommendation().equals(recommendation)
                && (force ? job.unfinished() : job.styles().keySet()).containsAll(styles);
    }
}
