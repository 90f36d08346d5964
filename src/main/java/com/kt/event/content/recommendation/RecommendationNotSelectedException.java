package com.kt.event.content.recommendation;

/** The draft has no selected recommendation, so no images can be generated. */
public class RecommendationNotSelectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecommendationNotSelectedException(String eventDraftId) {
        super("no recommendation is selected for event draft " + eventDraftId);
    }
}
