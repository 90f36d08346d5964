package com.kt.event.content.api.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import com.kt.event.content.api.problem.RequestId;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Says in the OpenAPI document what holds for many calls, so that the resources need not repeat it. The parts that they
 * and this name are in META-INF/openapi.yaml. Runs while the service is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDocumentFilter implements OASFilter {
    /** The extension of a call that is another one under a second address: it takes and answers the same. */
    public static final String SAME_AS = "x-same-as";

    private static final Map<String, String> ANSWERS_OF_ANY_CALL = Map.of(
            "400", "InvalidRequest", "401", "Unauthorized", "403", "Forbidden", "405", "MethodNotAllowed",
            "413", "BodyTooLarge", "414", "UriTooLong", "429", "TooManyRequests", "431", "HeadersTooLarge",
            "500", "Unexpected");
    private static final Map<String, String> ANSWERS_TO_A_BODY = Map.of(
            "415", "UnsupportedMediaType", "417", "ExpectationFailed");
    private static final Map<String, String> ANSWERS_TO_ACCEPT = Map.of("406", "NotAcceptable");

    private static final List<String> HEADERS_OF_ANY_ANSWER = List.of("Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers", "Cache-Control", "Vary", RequestId.HEADER);

    /** Of which a client may say that it wants another one. */
    private static final List<String> MEDIA_TYPES = List.of(MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS);

    /** Zalando's RESTful API guidelines, rule 112. */
    public static final String KNOWN_VALUES = "x-extensible-enum";

    /** What a value may be that a later version adds. */
    private static final String ANY_WORD = "^[A-Za-z][A-Za-z0-9_-]*$";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components parts = document.getComponents();
        copyToOtherAddresses(document);
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .forEach((method, operation) -> complete(method, operation, parts)));
        parts.getResponses().values().forEach(answer -> HEADERS_OF_ANY_ANSWER.forEach(
                header -> answer.addHeader(header, OASFactory.createHeader().ref(header))));
        parts.getSchemas().values().stream().filter(schema -> schema.getEnumeration() != null)
                .forEach(OpenApiDocumentFilter::leaveOpen);
    }

    private static void complete(HttpMethod method, Operation operation, Components parts) {
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .map(parameter -> described(parameter, parts)).toList());
        }
        Map<String, APIResponse> answers = new TreeMap<>(operation.getResponses().getAPIResponses());
        add(ANSWERS_OF_ANY_CALL, answers);
        if (method == HttpMethod.POST) {
            add(ANSWERS_TO_A_BODY, answers);
        }
        if (answers.values().stream().anyMatch(answer -> isOneOfMediaTypes(answer, parts))) {
            add(ANSWERS_TO_ACCEPT, answers);
        }
        // SmallRye makes one up, which would stand in the place of the part's own.
        answers.values().forEach(answer -> answer.setDescription(null));
        operation.getResponses().setAPIResponses(answers);
    }

    /** The part that describes a parameter, in the place of what can be told from the method. */
    private static Parameter described(Parameter parameter, Components parts) {
        return parts.getParameters().entrySet().stream()
                .filter(part -> Objects.equals(part.getValue().getName(), parameter.getName())
                        && part.getValue().getIn() == parameter.getIn())
                .map(part -> OASFactory.createParameter().ref(part.getKey())).findFirst().orElse(parameter);
    }

    private static void add(Map<String, String> common, Map<String, APIResponse> answers) {
        common.forEach((status, part) -> answers.putIfAbsent(status, OASFactory.createAPIResponse().ref(part)));
    }

    private static boolean isOneOfMediaTypes(APIResponse answer, Components parts) {
        String name = answer.getRef().substring(answer.getRef().lastIndexOf('/') + 1);
        APIResponse part = parts.getResponses().get(name);
        return part.getContent() != null && MEDIA_TYPES.stream().anyMatch(part.getContent()::hasMediaType);
    }

    private static void copyToOtherAddresses(OpenAPI document) {
        Map<String, Operation> operations = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .collect(Collectors.toMap(Operation::getOperationId, Function.identity()));
        operations.values().stream().filter(operation -> operation.hasExtension(SAME_AS)).forEach(operation -> {
            Operation same = operations.get(operation.getExtension(SAME_AS).toString());
            operation.setParameters(same.getParameters());
            operation.setResponses(same.getResponses());
            operation.removeExtension(SAME_AS);
        });
    }

    /**
     * Known values are listed in {@code x-extensible-enum}, and the schema stays a plain string: generators turn a closed
     * enum into a type that fails on a value of a later version, and an anyOf of both into an empty class.
     */
    private static void leaveOpen(Schema schema) {
        List<Object> known = schema.getEnumeration();
        schema.addExtension(KNOWN_VALUES, known);
        schema.type(List.of(Schema.SchemaType.STRING)).enumeration(null).pattern(ANY_WORD).maxLength(64)
                .examples(List.of(known.get(0)));
    }
}
