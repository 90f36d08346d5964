package com.kt.event.content.recommendation;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The selected recommendation, in the AI service's own words. Its JSON is the flat form of {@code ai:event:*}.
 *
 * @param eventTitle the only part that is always there
 * @param additionalData whatever else the AI service found worth saying, by name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Recommendation(
        String eventTitle,
        String eventDescription,
        String targetAudience,
        String eventObjective,
        Map<String, String> additionalData) {

    public Recommendation {
        Objects.requireNonNull(eventTitle, "eventTitle");
        eventDescription = Objects.requireNonNullElse(eventDescription, "");
        targetAudience = Objects.requireNonNullElse(targetAudience, "");
        eventObjective = Objects.requireNonNullElse(eventObjective, "");
        // Sorted, so that the same recommendation always makes the same JSON.
        additionalData = additionalData == null
                ? Map.of()
                : Collections.unmodifiableMap(new TreeMap<>(additionalData));
    }
}
