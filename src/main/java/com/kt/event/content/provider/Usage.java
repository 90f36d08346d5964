package com.kt.event.content.provider;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider reports that a call took.
 *
 * @param inputTokens null if it is not reported, as is the other
 * @param units of other kinds, such as {@link #SECONDS}, as far as they are reported
 */
public record Usage(Long inputTokens, Long outputTokens, Map<String, BigDecimal> units) {
    /** How long the provider computed. */
    public static final String SECONDS = "seconds";
    /** How many images the provider counts. */
    public static final String IMAGES = "images";
    /** Tokens of a text model that worked on the image: at another price than those of the image model. */
    public static final String TEXT_INPUT_TOKENS = "textInputTokens";
    /** As {@link #TEXT_INPUT_TOKENS}: text and thoughts. */
    public static final String TEXT_OUTPUT_TOKENS = "textOutputTokens";

    public static final Usage UNKNOWN = new Usage(null, null);

    public Usage(Long inputTokens, Long outputTokens) {
        this(inputTokens, outputTokens, Map.of());
    }

    /** @param amount null if it is not reported */
    public Usage withUnit(String name, BigDecimal amount) {
        if (amount == null) {
            return this;
        }
        Map<String, BigDecimal> more = new TreeMap<>(units);
        more.put(name, amount);
        return new Usage(inputTokens, outputTokens, Map.copyOf(more));
    }
}
