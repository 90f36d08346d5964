package com.kt.event.content.recommendation;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * Reads both forms that the AI service writes: {@code {selectedRecommendation, event}} and the flat one. If both parts of
 * the nested form have the same member, the selected recommendation takes precedence.
 */
@ApplicationScoped
class RecommendationReader {
    /** Far more than a prompt uses, and small enough to be stored with every job. */
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
    private static final Set<String> TEXTS = Stream.of(TITLE, DESCRIPTION, AUDIENCE, OBJECTIVE).flatMap(Stream::of)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OBJECTS = Set.of(SELECTED, EVENT, ADDITIONAL);

    private final PlainJson json;

    RecommendationReader(ObjectMapper json) {
        this.json = new PlainJson(json);
    }

    static boolean isText(String name) {
        return TEXTS.contains(name);
    }

    static boolean isMap(String name) {
        return name.equals(ADDITIONAL);
    }

    Optional<Recommendation> read(byte[] value) {
        return read(Utf8.decode(value));
    }

    /** Empty if the draft has no selected recommendation. */
    Optional<Recommendation> read(String value) {
        return Texts.isVisible(value) ? read(json.parse(value)) : Optional.empty();
    }

    /** As {@link #read}, from a hash, whose fields may contain JSON: a whole member, or a quoted text. */
    Optional<Recommendation> read(Map<String, String> fields) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        fields.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return readHash(bytes);
    }

    /** Other fields are ignored, whatever they contain. */
    Optional<Recommendation> readHash(Map<String, byte[]> fields) {
        Map<String, String> known = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            String name = unquoted(field);
            if (isKnown(HashFields.member(name))) {
                known.put(name, Utf8.decodeField(value));
            }
        });
        if (known.isEmpty() && fields.keySet().stream().anyMatch(RecommendationReader::isCbor)) {
            throw new UnreadableRecommendationException("it is CBOR");
        }
        return read(json.plain(HashFields.object(known)));
    }

    /** A short name in the one binary serialization that is also text: its length precedes it as a letter. */
    private static boolean isCbor(String field) {
        return field.length() > 1 && field.charAt(0) == 0x5F + field.length() && isKnown(field.substring(1));
    }

    private static boolean isKnown(String member) {
        return TEXTS.contains(member) || OBJECTS.contains(member);
    }

    private String unquoted(String name) {
        String clean = Texts.clean(name);
        return clean.startsWith("\"") ? json.parseIfJson(clean).asText() : clean;
    }

    private Optional<Recommendation> read(JsonNode value) {
        JsonNode root = object(value);
        if (root.isNull() || isBlank(root)) {
            return Optional.empty();
        }
        if (!root.isObject()) {
            throw new UnreadableRecommendationException("it is not an object");
        }
        return root.has(SELECTED) ? readNested(root) : readFlat(root);
    }

    private Optional<Recommendation> readNested(JsonNode root) {
        JsonNode selected = object(root.path(SELECTED));
        if (selected.isNull() || isBlank(selected)) {
            return Optional.empty();
        }
        if (!selected.isObject()) {
            throw new UnreadableRecommendationException("its " + SELECTED + " is not an object");
        }
        // Serializers write every member of an empty bean.
        return selected.valueStream().allMatch(JsonNode::isNull)
                ? Optional.empty()
                : Optional.of(recommendation(selected, object(root.path(EVENT))));
    }

    /** Where only this object can occur, a wrapper is recognised whatever the name in it. */
    private JsonNode object(JsonNode node) {
        JsonNode object = map(node);
        if (object.isObject() && object.size() == 1) {
            var only = object.properties().iterator().next();
            return TypeNames.isLoosely(only.getKey()) && only.getValue().isObject() ? only.getValue() : object;
        }
        return object;
    }

    /** Where an object is expected, a text is read as its JSON, and a name before an object as its class. */
    private JsonNode map(JsonNode node) {
        JsonNode map = node.isTextual() && node.textValue().startsWith("{") ? json.parse(node.textValue()) : node;
        return map.isArray() && map.size() == 2 && map.get(0).isTextual() && map.get(1).isObject() ? map.get(1) : map;
    }

    private static boolean isBlank(JsonNode node) {
        return node.isTextual() && !Texts.isVisible(node.textValue());
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
        if (additional.size() > MAX_ADDITIONAL_DATA) {
            additional.keySet().removeAll(additional.keySet().stream().skip(MAX_ADDITIONAL_DATA).toList());
        }
        return new Recommendation(title, text(first, second, DESCRIPTION), text(first, second, AUDIENCE),
                text(first, second, OBJECTIVE), additional);
    }

    private Map<String, String> additionalData(JsonNode node) {
        JsonNode data = map(node.path(ADDITIONAL));
        Map<String, String> entries = new LinkedHashMap<>();
        if (data.isObject()) {
            data.properties().stream().limit(MAX_ADDITIONAL_DATA).forEach(entry -> entries
                    .put(readable(entry.getKey(), MAX_NAME_LENGTH),
                            readable(plain(entry.getValue()), MAX_TEXT_LENGTH)));
        } else {
            entries.put(ADDITIONAL, readable(plain(data), MAX_TEXT_LENGTH));
        }
        entries.values().removeIf(String::isEmpty);
        entries.remove("");
        return entries;
    }

    private String text(JsonNode first, JsonNode second, String... names) {
        String text = text(first, names);
        return text.isEmpty() ? text(second, names) : text;
    }

    /** The value of the first of the names that has one. */
    private String text(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isObject()) {
                throw new UnreadableRecommendationException("its " + name + " is not a text");
            }
            String text = readable(plain(value), MAX_TEXT_LENGTH);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** A list is read as its texts; deeper values as JSON, or as absent where a text is required. */
    private String plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.valueStream().filter(element -> !element.isObject()).map(this::plain)
                    .filter(Texts::isVisible).collect(Collectors.joining(", "));
            case OBJECT -> json.write(value);
            case NUMBER -> Numbers.text(value);
            case NULL, MISSING -> "";
            default -> value.asText();
        };
    }

    /** Invisible text counts as absent; corrupted text is refused, since an image of it would be useless. */
    private static String readable(String text, int length) {
        if (!Texts.isVisible(text)) {
            return "";
        }
        if (TypeNames.isPrinted(text)) {
            throw new UnreadableRecommendationException("it holds the name of a class in place of a text");
        }
        if (Texts.isDamaged(text)) {
            throw new UnreadableRecommendationException("it holds text that was damaged on its way");
        }
        return Texts.cut(text, length);
    }
}
