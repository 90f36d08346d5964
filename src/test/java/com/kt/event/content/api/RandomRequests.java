package com.kt.event.content.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Random requests to the calls of the OpenAPI document, with valid and invalid parameters and bodies. The same seed gives
 * the same requests.
 */
final class RandomRequests {
    private static final List<String> PIECES = List.of("", "-", "_", "...", "/", "%", "\\", " ", "가", "😀", "é", "\"",
            "'",
            "<", "{", ";", ",", "*", "=", "\t", "0", "Z", "jobs", "files", "null", "true", "wait=1");
    private static final List<String> BODIES = List.of("", "null", "{}", "{\"colour\": [1, {\"deep\": null}]}");
    private static final List<String> NO_BODIES = List.of("[]", "1", "\"{}\"", "{", "{\"a\":}", "{} {}", "nul");
    /** A server must ignore invalid preferences (RFC 7240), conditions and ranges (RFC 9110). */
    private static final Set<String> IGNORED_IF_STRANGE = Set.of("Prefer", "If-None-Match", "If-Modified-Since",
            "Range",
            "If-Range", "Last-Event-ID");
    private static final int[] LENGTHS = {35, 36, 37, 64, 65, 105, 106, 255, 256, 257, 400};

    private final Random random;
    private final ApiContract contract;
    private final JsonNode parameters;
    private final Map<String, List<String>> known;
    private final List<Call> calls;

    private record Call(String method, String path, List<String> parameters, boolean takesABody) {
    }

    /** A request. It is valid if the document allows every part that HTTP does not require servers to ignore. A body may be null. */
    record Request(String method, String target, Map<String, String> headers, String body, boolean isValid) {
    }

    /** Known values are valid values by parameter name, such as the id of an existing job. */
    RandomRequests(long seed, ApiContract contract, JsonNode document, Map<String, List<String>> known) {
        this.random = new Random(seed);
        this.contract = contract;
        this.known = known;
        this.parameters = document.at("/components/parameters");
        this.calls = document.get("paths").propertyStream().flatMap(path -> path.getValue().propertyStream()
                .map(call -> new Call(call.getKey().toUpperCase(), path.getKey(), names(call.getValue()),
                        call.getKey().equals("post"))))
                .toList();
    }

    private static List<String> names(JsonNode operation) {
        return operation.path("parameters").valueStream().map(parameter -> parameter.get("$ref").asText())
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1)).toList();
    }

    Request next() {
        Call call = pick(calls);
        String target = call.path();
        Map<String, String> headers = new TreeMap<>();
        List<String> query = new ArrayList<>();
        boolean isValid = true;
        for (String name : call.parameters()) {
            JsonNode parameter = parameters.get(name);
            if (!parameter.path("required").asBoolean() && random.nextBoolean()) {
                continue;
            }
            String sent = parameter.get("name").asText();
            String value = value(parameter);
            switch (parameter.get("in").asText()) {
                case "path" -> target = target.replace("{" + sent + "}", encoded(value));
                case "query" -> query.add(sent + "=" + encoded(value));
                default -> headers.put(sent, value);
            }
            isValid &= IGNORED_IF_STRANGE.contains(sent) || contract.allows(name, value);
        }
        String body = body(call);
        if (body != null) {
            headers.put("Content-Type", "application/json");
            isValid &= BODIES.contains(body);
        }
        return new Request(call.method(), target + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers,
                body,
                isValid);
    }

    private String body(Call call) {
        if (!call.takesABody() || !random.nextBoolean()) {
            return null;
        }
        return pick(random.nextInt(4) > 0 ? BODIES : NO_BODIES);
    }

    /**
     * The value as it arrives: HTTP strips a header's value, Java's client sends only ASCII in it, and dot segments of a
     * path are resolved.
     */
    private String value(JsonNode parameter) {
        boolean isHeader = parameter.get("in").asText().equals("header");
        while (true) {
            String value = anyValue(parameter);
            if (isHeader) {
                return value.chars().filter(c -> c >= ' ' && c <= '~').mapToObj(Character::toString)
                        .collect(Collectors.joining()).strip();
            }
            if (!value.isEmpty() && !value.matches("\\.{1,2}")) {
                return value;
            }
        }
    }

    private String anyValue(JsonNode parameter) {
        List<String> values = known.getOrDefault(parameter.get("name").asText(),
                List.of(parameter.path("example").asText("true")));
        return switch (random.nextInt(5)) {
            case 0 -> changed(pick(values));
            case 1 -> pick(PIECES) + pick(PIECES) + pick(PIECES);
            default -> pick(values);
        };
    }

    private String changed(String value) {
        int at = random.nextInt(value.length() + 1);
        return switch (random.nextInt(4)) {
            case 0 -> value.substring(0, at);
            case 1 -> value.substring(0, at) + pick(PIECES) + value.substring(at);
            case 2 -> value.toUpperCase();
            default -> value.repeat(400).substring(0, LENGTHS[random.nextInt(LENGTHS.length)]);
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
