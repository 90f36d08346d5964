package com.kt.event.content.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/**
 * Checks responses against the stored OpenAPI document. It is stricter than a client may be: members, headers and values
 * that the document allows without naming them are violations, because then the document has a gap.
 */
final class ApiContract {
    /** The document that clients use, as it is in the repository. */
    static final Path STORED = Path.of("src/main/openapi/openapi.yaml");

    private static final String ROOT = "/api/content";
    private static final String PROBLEM = "application/problem+json";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Headers that HTTP itself adds. */
    private static final Set<String> HEADERS_OF_HTTP = Set.of("content-type", "content-length", "transfer-encoding",
            "connection", "keep-alive", "date", "vary");

    /** Headers of CORS. The document names only the one that a page can observe. */
    private static final String HEADERS_OF_CORS = "access-control-";

    /**
     * Responses without a body from before the service: of CORS to other origins, whose pages never see them, and of
     * Vert.x to requests that are far too long.
     */
    private static final Set<Integer> WITHOUT_A_WORD = Set.of(403, 414, 431);

    /** The document declares a stream of events as plain text, and describes the data in prose. */
    private static final JsonPointer DATA_OF_EVENTS = JsonPointer.compile("/components/schemas/Job");

    private final List<Call> calls;
    private final ContractSchemas schemas;

    /** A response, with the names of its headers in any case; it may have no body. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        Answer {
            Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            sorted.putAll(headers);
            headers = sorted;
        }

        /** Joins repeated headers by commas, and drops the pseudo-header {@code :status} of HTTP/2. */
        static Map<String, String> joined(Map<String, List<String>> headers) {
            return headers.entrySet().stream().filter(header -> !header.getKey().startsWith(":"))
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(", ", header.getValue())));
        }

        @Override
        public String toString() {
            return status + " " + headers + "\n" + new String(body, StandardCharsets.UTF_8);
        }

        private String mediaType() {
            return headers.getOrDefault("content-type", "").replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
        }
    }

    private record Call(String template, Pattern path, String method, JsonPointer pointer) {
        private static Call of(String template, String method) {
            return new Call(template, Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+")), method,
                    JsonPointer.empty().appendProperty("paths").appendProperty(template).appendProperty(method));
        }
    }

    ApiContract(JsonNode document) {
        this.calls = document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> Call.of(path.getKey(), method.getKey())))
                .sorted(Comparator.comparing(call -> call.template().chars().filter(c -> c == '{').count())).toList();
        this.schemas = new ContractSchemas(document);
    }

    static ApiContract stored() {
        return new ApiContract(read());
    }

    static JsonNode read() {
        try {
            return parse(Files.readString(STORED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String document) {
        try {
            return YAML.readTree(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the parameter of this component name may have the value. */
    boolean allows(String parameter, String value) {
        JsonPointer schema = JsonPointer.compile("/components/parameters").appendProperty(parameter)
                .appendProperty("schema");
        return schemas.validate(schema, value).findAny().isEmpty();
    }

    /** Whether the contract covers the request. OPTIONS is not covered: browsers send it before a call. */
    static boolean covers(String method, String path) {
        return !method.equals("OPTIONS") && (path.equals(ROOT) || path.startsWith(ROOT + "/"));
    }

    /** The violations of the document by this response. */
    List<String> complaints(String method, String path, Answer answer) {
        if (WITHOUT_A_WORD.contains(answer.status()) && answer.body().length == 0) {
            return List.of();
        }
        Optional<Call> call = calls.stream().filter(candidate -> candidate.method().equals(asked(method))
                && candidate.path().matcher(path).matches()).findFirst();
        return call.isPresent() ? ofCall(call.get(), method, answer) : ofNoCall(answer);
    }

    /** The response to a HEAD is that to a GET, without the body. */
    private static String asked(String method) {
        return method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    }

    private List<String> ofNoCall(Answer answer) {
        if (answer.status() < 400) {
            return List.of("the document has no such call, but it was answered " + answer.status());
        }
        if (!answer.mediaType().equals(PROBLEM)) {
            return List.of("not a problem but '" + answer.mediaType() + "'");
        }
        return schemas.validateJson(JsonPointer.compile("/components/schemas/Problem"), answer.body());
    }

    private List<String> ofCall(Call call, String method, Answer answer) {
        JsonPointer pointer = schemas.followed(call.pointer().appendProperty("responses")
                .appendProperty(Integer.toString(answer.status())));
        JsonNode documented = schemas.at(pointer);
        if (documented.isMissingNode()) {
            return List.of("status " + answer.status() + " is not documented");
        }
        List<String> complaints = new ArrayList<>(ofHeaders(documented.path("headers"),
                pointer.appendProperty("headers"), answer.headers()));
        JsonNode content = documented.path("content");
        if (content.isEmpty()) {
            if (answer.body().length > 0) {
                complaints.add("a body of " + answer.body().length + " bytes is not documented");
            }
        } else if (!content.has(answer.mediaType())) {
            complaints.add("content type '" + answer.mediaType() + "' is not documented");
        } else if (!method.equals("HEAD")) {
            complaints.addAll(ofBody(answer, pointer.appendProperty("content").appendProperty(answer.mediaType())
                    .appendProperty("schema")));
        }
        return complaints;
    }

    private List<String> ofHeaders(JsonNode documented, JsonPointer pointer, Map<String, String> headers) {
        List<String> complaints = new ArrayList<>();
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(HEADERS_OF_HTTP);
        for (String name : (Iterable<String>) documented::fieldNames) {
            known.add(name);
            JsonPointer header = schemas.followed(pointer.appendProperty(name));
            String value = headers.get(name);
            if (value != null) {
                schemas.validate(header.appendProperty("schema"), value)
                        .map(complaint -> "header " + name + ": " + complaint).forEach(complaints::add);
            } else if (schemas.at(header).path("required").asBoolean()) {
                complaints.add("header " + name + " is missing");
            }
        }
        headers.keySet().stream().filter(name -> !known.contains(name))
                .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith(HEADERS_OF_CORS))
                .map(name -> "header " + name + " is not documented").forEach(complaints::add);
        return complaints;
    }

    /** The violations of the document by its own examples. */
    List<String> complaintsAboutExamples() {
        JsonPointer responses = JsonPointer.compile("/components/responses");
        List<String> complaints = new ArrayList<>();
        schemas.at(responses).properties().forEach(response -> response.getValue().path("content").properties()
                .forEach(content -> content.getValue().path("examples").properties().forEach(example -> {
                    JsonPointer schema = responses.appendProperty(response.getKey()).appendProperty("content")
                            .appendProperty(content.getKey()).appendProperty("schema");
                    schemas.validate(schema, example.getValue().get("value"))
                            .map(complaint -> example.getKey() + complaint).forEach(complaints::add);
                })));
        return complaints;
    }

    private List<String> ofBody(Answer answer, JsonPointer schema) {
        if (answer.mediaType().endsWith("json")) {
            return schemas.validateJson(schema, answer.body());
        }
        if (answer.mediaType().equals("text/event-stream")) {
            return ofEvents(new String(answer.body(), StandardCharsets.UTF_8), DATA_OF_EVENTS);
        }
        return answer.body().length == 0 ? List.of("no body") : List.of();
    }

    private List<String> ofEvents(String stream, JsonPointer schema) {
        return Stream.of(stream.split("\n\n")).map(ApiContract::data).filter(data -> !data.isEmpty())
                .flatMap(data -> schemas.validateJson(schema, data.getBytes(StandardCharsets.UTF_8)).stream()).toList();
    }

    private static String data(String event) {
        return event.lines().filter(line -> line.startsWith("data:")).map(line -> line.substring("data:".length()))
                .collect(Collectors.joining("\n"));
    }

}
