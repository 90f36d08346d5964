package com.kt.event.content.recommendation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Rebuilds an object from the hash fields into which it was flattened: {@code event.title}, {@code targetAudience[0]} (Spring
 * Data's Jackson2HashMapper), {@code targetAudience.[0]}, {@code additionalData.[key]} and {@code …._class} (its
 * repositories and ObjectHashMapper). A field without such a path is a member of that name.
 */
final class HashFields {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A key in brackets may contain dots and brackets itself; it ends where the path continues. */
    private static final Pattern STEP = Pattern.compile("\\G(?:\\.?\\[(.*?)](?=[.\\[]|$)|\\.?([^.\\[]+))");
    /** The depth limit, the same as for JSON. */
    private static final int MAX_DEPTH = 100;
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private final Map<String, HashFields> members = new LinkedHashMap<>();
    private String value;

    private HashFields() {
    }

    static ObjectNode object(Map<String, String> fields) {
        HashFields root = new HashFields();
        fields.forEach((name, value) -> root.at(path(name)).value = value);
        ObjectNode object = NODES.objectNode();
        root.members.forEach((name, field) -> object.set(name, field.node(RecommendationReader.isMap(name))));
        return object;
    }

    /** The name of the object's member to which a field belongs. */
    static String member(String field) {
        return path(field).get(0);
    }

    private static List<String> path(String field) {
        List<String> path = new ArrayList<>();
        Matcher steps = STEP.matcher(field);
        int end = 0;
        while (path.size() <= MAX_DEPTH && steps.find()) {
            path.add(steps.group(1) != null ? steps.group(1) : steps.group(2));
            end = steps.end();
        }
        return end == field.length() && !path.isEmpty() && path.size() <= MAX_DEPTH ? path : List.of(field);
    }

    private HashFields at(List<String> path) {
        HashFields field = this;
        for (String step : path) {
            field = field.members.computeIfAbsent(step, name -> new HashFields());
        }
        return field;
    }

    /** @param isMap whether the names of its members are keys, even if they are numbers, and not positions in a list */
    private JsonNode node(boolean isMap) {
        String className = members.containsKey("_class") ? members.remove("_class").value : null;
        members.keySet().removeIf(TypeNames::isMember);
        if (members.isEmpty()) {
            return value == null ? NODES.nullNode() : typed(className);
        }
        return !isMap && members.keySet().stream().allMatch(INDEX.asMatchPredicate()) ? list() : map();
    }

    private JsonNode typed(String className) {
        if (className == null) {
            return Numbers.isJavas(value) ? Numbers.parse(value) : TextNode.valueOf(value);
        }
        if (className.equals("java.lang.Boolean")) {
            return NODES.booleanNode(value.equals("1") || value.equals("true"));
        }
        JsonNode typed = !className.equals("java.lang.String") && Numbers.isNumber(value)
                ? Numbers.parse(value)
                : TextNode.valueOf(value);
        return TypeNames.isClass(className) ? NODES.arrayNode().add(className).add(typed) : typed;
    }

    private ArrayNode list() {
        ArrayNode list = NODES.arrayNode();
        members.entrySet().stream().sorted(Comparator.comparing(element -> Integer.valueOf(element.getKey())))
                .forEach(element -> list.add(element.getValue().node(false)));
        return list;
    }

    private ObjectNode map() {
        ObjectNode map = NODES.objectNode();
        members.forEach((name, field) -> map.set(name, field.node(RecommendationReader.isMap(name))));
        return map;
    }
}
