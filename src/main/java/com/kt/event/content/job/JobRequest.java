package com.kt.event.content.job;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

/**
 * What somebody wants to have drawn.
 *
 * @param finished the links of images that will do, so that nothing need be paid for them
 * @param anew whether only images will do that do not exist yet
 */
public record JobRequest(String eventDraftId, Recommendation recommendation, Set<Style> styles,
        Map<Style, String> finished, boolean anew) {

    /** Images in these styles; those that exist already will do. */
    public static JobRequest of(String eventDraftId, Recommendation recommendation, Collection<Style> styles,
            Map<Style, String> finished) {
        return new JobRequest(eventDraftId, recommendation, EnumSet.copyOf(styles), finished, false);
    }

    /** New images in these styles, whatever there is. */
    public static JobRequest anew(String eventDraftId, Recommendation recommendation, Collection<Style> styles) {
        return new JobRequest(eventDraftId, recommendation, EnumSet.copyOf(styles), new EnumMap<>(Style.class), true);
    }

    /** Whether nothing is left to be drawn. */
    boolean isFinished() {
        return finished.keySet().containsAll(styles);
    }

    /** Whether the job is under way to what is wanted here, so that another one would pay for the same twice. */
    boolean isMetBy(Job job) {
        return !job.ended() && job.recommendation().equals(recommendation)
                && (anew ? job.unfinished() : job.styles().keySet()).containsAll(styles);
    }
}
