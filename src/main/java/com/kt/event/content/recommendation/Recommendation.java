package com.kt.event.content.recommendation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The selected recommendation, as the AI service words it. Its JSON is the flat form of {@code ai:event:*}.
 *
 * @param eventTitle the only part that is always present
 * @param additionalData further information of the AI service, by name
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

    /** As a record's own, which the native executable interprets: that took a tenth of a request that joins a live job. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Recommendation that && eventTitle.equals(that.eventTitle)
                && eventDescription.equals(that.eventDescription) && targetAudience.equals(that.targetAudience)
                && eventObjective.equals(that.eventObjective) && additionalData.equals(that.additionalData);
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventTitle, eventDescription, targetAudience, eventObjective, additionalData);
    }

    /** The SHA-256 of all parts: equal for equal recommendations only. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        Stream.of(eventTitle, eventDescription, targetAudience, eventObjective).forEach(text -> add(digest, text));
        additionalData.forEach((name, text) -> {
            add(digest, name);
            add(digest, text);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Includes the length, so that two texts never run into one another. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
