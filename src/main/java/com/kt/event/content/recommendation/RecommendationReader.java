package com.kt.event.content.recommendation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Understands both forms in which the AI service writes: {@code {selectedRecommendation, event}} and the flat one.
 * Where both halves of the nested form speak of the same thing, the selected recommendation has the last word.
 */
@ApplicationScoped
class RecommendationReader {
    /** Far more than a prompt takes, and little enough to be kept with every job. */
    private static final int MAX_TEXT_LENGTH = 4_000;
    private static final int MAX_NAME_LENGTH = 100;
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
    private final ObjectReader reader;

    RecommendationReader(ObjectMapper json) {
        this.json = json;
        this.reader = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
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
        fields.forEach((name, value) -> root.set(name, OBJECTS.contains(name) ? parseIfJson(value) : text(value)));
        return read(root);
    }

    private Optional<Recommendation> read(JsonNode root) {
        if (root.isNull()) {
            return Optional.empty();
        }
        if (!root.isObject()) {
            throw new UnreadableRecommendationException("it is not an object");
        }
        return root.has(SELECTED) ? readNested(root) : readFlat(root);
    }

    private Optional<Recommendation> readNested(JsonNode root) {
        JsonNode selected = root.path(SELECTED);
        if (selected.isNull() || selected.isTextual() && selected.asText().isBlank()) {
            return Optional.empty();
        }
        if (!selected.isObject()) {
            throw new UnreadableRecommendationException("its " + SELECTED + " is not an object");
        }
        return selected.isEmpty() ? Optional.empty() : Optional.of(recommendation(selected, root.path(EVENT)));
    }

    private Optional<Recommendation> readFlat(JsonNode root) {
        boolean empty = Stream.of(TITLE, DESCRIPTION, AUDIENCE, OBJECTIVE)
                .allMatch(names -> text(root, names).isEmpty());
        return empty ? Optional.empty() : Optional.of(recommendation(root, MissingNode.getInstance()));
    }

    private Recommendation recommendation(JsonNode first, JsonNode second) {
        String title = text(first, second, TITLE);
        if (title.isEmpty()) {
            throw new UnreadableRecommendationException("it has no title");
        }
        Map<String, String> additional = new LinkedHashMap<>(additionalData(second));
        additional.putAll(additionalData(first));
        additional.keySet().removeAll(additional.keySet().stream().skip(MAX_ADDITIONAL_DATA).toList());
        return new Recommendation(title, text(first, second, DESCRIPTION), text(first, second, AUDIENCE),
                text(first, second, OBJECTIVE), additional);
    }

    private static Map<String, String> additionalData(JsonNode node) {
        JsonNode data = node.path(ADDITIONAL);
        Map<String, String> entries = new LinkedHashMap<>();
        if (data.isObject()) {
            data.properties().stream().limit(MAX_ADDITIONAL_DATA).forEach(entry -> entries
                    .put(cut(entry.getKey(), MAX_NAME_LENGTH), cut(plain(entry.getValue()), MAX_TEXT_LENGTH)));
        } else {
            entries.put(ADDITIONAL, cut(plain(data), MAX_TEXT_LENGTH));
        }
        entries.values().removeIf(String::isEmpty);
        return entries;
    }

    private static String text(JsonNode first, JsonNode second, String... names) {
        String text = text(first, names);
        return text.isEmpty() ? text(second, names) : text;
    }

    /** What the node says under the first of the names under which it says anything. */
    private static String text(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isObject()) {
                throw new UnreadableRecommendationException("its " + name + " is not a text");
            }
            String text = cut(plain(value), MAX_TEXT_LENGTH);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** A list is read as its texts; anything deeper is JSON, or nothing where a text is wanted. */
    private static String plain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false).filter(JsonNode::isValueNode)
                    .map(RecommendationReader::plain).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return value.toString();
        }
        return value.isNull() || value.isMissingNode() ? "" : value.asText().strip();
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private JsonNode parseIfJson(String value) {
        String trimmed = value.strip();
        if (trimmed.equals("null")) {
            return json.nullNode();
        }
        return trimmed.startsWith("{") || trimmed.startsWith("[") ? parse(trimmed) : text(value);
    }

    private JsonNode text(String value) {
        return json.getNodeFactory().textNode(value);
    }

    private JsonNode parse(String value) {
        try {
            return reader.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UnreadableRecommendationException("it is not JSON");
        }
    }
}
