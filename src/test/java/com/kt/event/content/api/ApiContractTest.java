package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.kt.event.content.api.ApiContract.Answer;
import com.kt.event.content.api.problem.Problem;

/** The check of responses against the document finds violations. */
class ApiContractTest {
    private static final String JOB_ID = "994796be-2775-4c8f-90b4-5527bd804d98";
    private static final String GENERATE = "/api/content/images/spring-latte/generate";
    private static final String GET_JOB = "/api/content/images/jobs/" + JOB_ID;
    private static final String ACCEPTED = "{'jobId': '" + JOB_ID + "', 'status': 'PENDING', 'message': '이미지 생성 중입니다'}";
    private static final String LOCATION = "http://localhost" + GET_JOB;
    private static final String PROBLEM = "{'type': 'tag:event.kt.com,2026:content:CONTENT_004', 'title': 'Invalid request',"
            + " 'status': 404, 'code': 'CONTENT_004', 'message': '요청이 올바르지 않습니다'}";

    private final ApiContract contract = ApiContract.stored();

    @Test
    void takesWhatTheDocumentSays() {
        assertThat(generated(202, ACCEPTED, "location", LOCATION, "retry-after", "1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'status': 'PENDING'    | 'status': 'WAITING'                    | enumeration",
            "'status': 'PENDING'    | 'state': 'PENDING'                     | required property 'status'",
            "'status': 'PENDING'    | 'status': 'PENDING', 'owner': 'me'     | 'owner' is not defined",
            "'message': '이미지 생성 중입니다' | 'message': 7                    | string expected",
            "{'jobId': '9           | {'jobId': 'x                           | uuid"})
    void noticesWrongBodies(String right, String wrong, String complaint) {
        assertThat(generated(202, ACCEPTED.replace(right, wrong), "Location", LOCATION, "Retry-After", "1"))
                .anyMatch(found -> found.contains(complaint));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Location    | not an address | header Location",
            "Location    |                | header Location is missing",
            "Retry-After | soon           | integer expected",
            "Retry-After | 0              | minimum value of 1",
            "X-Instance  | 7              | header X-Instance is not documented"})
    void noticesWrongHeaders(String name, String value, String complaint) {
        Map<String, String> headers = new LinkedHashMap<>(
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store", "Location", LOCATION,
                        "Retry-After", "1"));
        headers.compute(name, (header, right) -> value);

        assertThat(contract.complaints("POST", GENERATE, new Answer(202, headers, json(ACCEPTED))))
                .singleElement().asString().contains(complaint);
    }

    @Test
    void noticesStatusesAndTypesThatAreNotDocumented() {
        assertThat(generated(200, ACCEPTED)).containsExactly("status 200 is not documented");
        assertThat(
                contract.complaints("GET", GET_JOB,
                        new Answer(404, Map.of("Content-Type", "text/html", "Cache-Control", "no-store"), new byte[9])))
                .containsExactly("content type 'text/html' is not documented");
        assertThat(contract.complaints("GET", GET_JOB,
                new Answer(304, Map.of("ETag", "\"7\"", "Cache-Control", "no-store"), new byte[9])))
                .containsExactly("a body of 9 bytes is not documented");
    }

    @Test
    void noticesWhatNoCallAnswers() {
        assertThat(contract.complaints("GET", "/api/content/jobs", new Answer(200, Map.of(), new byte[0])))
                .singleElement().asString().contains("no such call");
        assertThat(contract.complaints("GET", "/api/content/jobs", problem("text/plain", PROBLEM)))
                .singleElement().asString().contains("not a problem");
        assertThat(contract.complaints("GET", "/api/content/jobs", problem("application/problem+json", ACCEPTED)))
                .isNotEmpty();
        assertThat(contract.complaints("GET", "/api/content/jobs", problem("application/problem+json", PROBLEM)))
                .isEmpty();
    }

    private static Answer problem(String type, String body) {
        return new Answer(404, Map.of("Content-Type", type), json(body));
    }

    private List<String> generated(int status, String body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/json;charset=UTF-8",
                "Cache-Control", "no-store"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return contract.complaints("POST", GENERATE, new Answer(status, all, json(body)));
    }

    private static byte[] json(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void hasExamplesThatCouldBeAnswers() {
        assertThat(contract.complaintsAboutExamples()).isEmpty();
    }

    /** Every value has an example. */
    @Test
    void hasAnExampleOfEveryValue() {
        JsonNode document = ApiContract.read();
        List<String> without = new ArrayList<>();
        document.at("/components/schemas").properties().forEach(schema -> schema.getValue().path("properties")
                .properties().forEach(member -> {
                    JsonNode value = followed(document, member.getValue());
                    boolean isValue = !List.of("object", "array").contains(value.path("type").asText());
                    if (isValue && value.path("examples").isEmpty() && member.getValue().path("examples").isEmpty()) {
                        without.add(schema.getKey() + "." + member.getKey());
                    }
                }));
        Stream.of("parameters", "headers").forEach(kind -> document.at("/components/" + kind).properties().stream()
                .filter(part -> part.getValue().path("example").isMissingNode())
                .forEach(part -> without.add(part.getKey())));

        assertThat(without).isEmpty();
    }

    private static JsonNode followed(JsonNode document, JsonNode schema) {
        String ref = schema.path("$ref").asText();
        return ref.isEmpty() ? schema : document.at(ref.substring(1));
    }

    @Test
    void hasSamplesOfEveryCall() {
        ApiContract.read().path("paths").forEach(path -> path.forEach(call -> assertThat(call.path("x-codeSamples"))
                .as(call.path("operationId").asText()).extracting(sample -> sample.path("lang").asText())
                .containsExactly("shell", "typescript")));
    }

    /** The platform's codes are listed by hand. */
    @Test
    void listsEveryCodeOfOurs() {
        Stream<String> listed = StreamSupport.stream(ApiContract.read()
                .at("/components/schemas/ProblemCode/x-extensible-enum").spliterator(), false)
                .map(code -> code.asText());

        assertThat(listed).containsExactlyElementsOf(Stream.of(Problem.values())
                .map(problem -> problem.with("").getParameters().get("code").toString()).toList());
    }
}
