package com.kt.event.content.recommendation;

/** The value of {@code ai:event:*} is not a recommendation. The message quotes none of it. */
public class UnreadableRecommendationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecommendationException(String reason) {
        super(reason);
    }
}
