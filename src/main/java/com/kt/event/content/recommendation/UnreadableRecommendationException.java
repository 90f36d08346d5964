package com.kt.event.content.recommendation;

/** The AI service left something at {@code ai:event:*} that is not a recommendation. Its message quotes none of it. */
public class UnreadableRecommendationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecommendationException(String reason) {
        super(reason);
    }
}
