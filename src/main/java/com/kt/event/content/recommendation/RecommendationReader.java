package com.kt.event.content.recommendation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Understands both forms in which the AI service writes: {@code {selectedRecommendation, event}} and the flat one. Where
 * both halves of the nested form speak of the same thing, the selected recommendation has the last word.
 */
@ApplicationScoped
class RecommendationReader {
    /** Far more than a prompt takes, and little enough to be kept with every job. */
    private static final int MAX_TEXT_LENGTH = 4_000;
    private static final int MAX_ADDITIONAL_DATA = 32;

    private static final String SELECTED = "selectedRecommendation";
    private static final String EVENT = "event";

    private static final String[] TITLE = {"eventTitle", "title", "name"};
    private static final String[] DESCRIPTION = {"eventDescription", "description"};
    private static final String[] AUDIENCE = {"targetAudience", "target"};
    private static final String[] OBJECTIVE = {"eventObjective", "objective"};
    private static final String ADDITIONAL = "additionalData";
    private static final Set<String> OBJECTS = Set.of(SELECTED, EVENT, ADDITIONAL);

    private final ObjectMapper json;

    RecommendationReader(ObjectMapper json) {
        this.json = json;
    }

    /** Empty where the draft has no selected recommendation (yet). */
    Optional<Recommendation> read(String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        return read(parse(value));
    }

    /** The same from a hash: a field that holds an object holds it as JSON. */
    Optional<Recommendation> read(Map<String, String> fields) {
        ObjectNode root = json.createObjectNode();
        fields.forEach((name, value) -> root.set(name, holdsObject(name, value) ? parse(value) : root.textNode(value)));
        return read(root);
    }

    private Optional<Recommendation> read(JsonNode root) {
        if (root.isNull()) {
            return Optional.empty();
        }
        if (!root.isObject()) {
            throw new UnreadableRecommendationException("it is not an object");
        }
        return root.has(SELECTED) || root.has(EVENT) ? readNested(root) : readFlat(root);
    }

    private Optional<Recommendation> readNested(JsonNode root) {
        JsonNode selected = object(root, SELECTED);
        return selected.isEmpty() ? Optional.empty() : Optional.of(recommendation(selected, object(root, EVENT)));
    }

    private Optional<Recommendation> readFlat(JsonNode root) {
        boolean says = says(root, TITLE) || says(root, DESCRIPTION) || says(root, AUDIENCE) || says(root, OBJECTIVE);
        return says ? Optional.of(recommendation(root, json.createObjectNode())) : Optional.empty();
    }

    private Recommendation recommendation(JsonNode first, JsonNode second) {
        String title = text(first, second, TITLE);
        if (title.isEmpty()) {
            throw new UnreadableRecommendationException("it has no title");
        }
        Map<String, String> additional = additionalData(second);
        additional.putAll(additionalData(first));
        return new Recommendation(title, text(first, second, DESCRIPTION), text(first, second, AUDIENCE),
                text(first, second, OBJECTIVE), additional);
    }

    private Map<String, String> additionalData(JsonNode node) {
        JsonNode data = node.path(ADDITIONAL);
        Map<String, String> entries = new LinkedHashMap<>();
        if (data.isObject()) {
            data.properties().stream().limit(MAX_ADDITIONAL_DATA)
                    .forEach(entry -> entries.put(entry.getKey(), clean(plain(entry.getValue()))));
            entries.values().removeIf(String::isEmpty);
        } else if (!data.asText().isBlank()) {
            entries.put(ADDITIONAL, clean(data.asText()));
        }
        return entries;
    }

    private static String text(JsonNode first, JsonNode second, String... names) {
        String text = text(first, names);
        return text.isEmpty() ? text(second, names) : text;
    }

    private static String text(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isObject()) {
                throw new UnreadableRecommendationException("its " + name + " is not a text");
            }
            String text = clean(plain(value));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static boolean says(JsonNode node, String... names) {
        for (String name : names) {
            if (node.hasNonNull(name)) {
                return true;
            }
        }
        return false;
    }

    private static String plain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false).map(RecommendationReader::plain)
                    .collect(Collectors.joining(", "));
        }
        return value.isObject() ? value.toString() : value.asText("");
    }

    private static String clean(String text) {
        String trimmed = text.strip();
        return trimmed.length() <= MAX_TEXT_LENGTH
                ? trimmed
                : trimmed.substring(0, trimmed.offsetByCodePoints(0, trimmed.codePointCount(0, MAX_TEXT_LENGTH)));
    }

    private JsonNode object(JsonNode root, String name) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull() || node.isTextual() && node.asText().isBlank()) {
            return json.createObjectNode();
        }
        if (!node.isObject()) {
            throw new UnreadableRecommendationException("its " + name + " is not an object");
        }
        return node;
    }

    private static boolean holdsObject(String field, String value) {
        return OBJECTS.contains(field) && value.stripLeading().startsWith("{");
    }

    private JsonNode parse(String value) {
        try {
            return json.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UnreadableRecommendationException("it is not JSON");
        }
    }
}
