package com.kt.event.content.api.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
 * Completes the OpenAPI document at build time with what many calls have in common, so that the resources need not repeat
 * it. The components that the resources and this filter refer to are in META-INF/openapi.yaml.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDocumentFilter implements OASFilter {
    private static final Map<String, String> RESPONSES_OF_ANY_CALL = Map.of(
            "400", "InvalidRequest", "401", "Unauthorized", "403", "Forbidden", "405", "MethodNotAllowed",
            "413", "BodyTooLarge", "414", "UriTooLong", "429", "TooManyRequests", "431", "HeadersTooLarge",
            "500", "Unexpected");
    private static final Map<String, String> RESPONSES_TO_A_BODY = Map.of(
            "415", "UnsupportedMediaType", "417", "ExpectationFailed");
    private static final Map<String, String> RESPONSES_TO_ACCEPT = Map.of("406", "NotAcceptable");

    private static final List<String> HEADERS_OF_ANY_RESPONSE = List.of("Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers", "Cache-Control", "Vary", RequestId.HEADER);

    /** A response of one of these can be refused by Accept. */
    private static final List<String> NEGOTIABLE = List.of(MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS);

    /** Zalando's RESTful API guidelines, rule 112. */
    public static final String KNOWN_VALUES = "x-extensible-enum";

    /** The form of the values that a later version may add. */
    private static final String ANY_WORD = "^[A-Za-z][A-Za-z0-9_-]*$";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        document.getPaths().getPathItems().values().forEach(path -> path.getOperations()
                .forEach((method, operation) -> complete(method, operation, components)));
        components.getResponses().values().forEach(response -> HEADERS_OF_ANY_RESPONSE.forEach(
                header -> response.addHeader(header, OASFactory.createHeader().ref(header))));
        components.getSchemas().values().stream().filter(schema -> schema.getEnumeration() != null)
                .forEach(OpenApiDocumentFilter::leaveOpen);
    }

    private static void complete(HttpMethod method, Operation operation, Components components) {
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .map(parameter -> described(parameter, components)).toList());
        }
        Map<String, APIResponse> responses = new TreeMap<>(operation.getResponses().getAPIResponses());
        add(RESPONSES_OF_ANY_CALL, responses);
        if (method == HttpMethod.POST) {
            add(RESPONSES_TO_A_BODY, responses);
        }
        if (responses.values().stream().anyMatch(response -> isNegotiable(response, components))) {
            add(RESPONSES_TO_ACCEPT, responses);
        }
        // SmallRye generates descriptions, which would hide those of the components.
        responses.values().forEach(response -> response.setDescription(null));
        operation.getResponses().setAPIResponses(responses);
    }

    /** A reference to the component that describes the parameter, if there is one; otherwise the parameter as scanned. */
    private static Parameter described(Parameter parameter, Components components) {
        return components.getParameters().entrySet().stream()
                .filter(component -> Objects.equals(component.getValue().getName(), parameter.getName())
                        && component.getValue().getIn() == parameter.getIn())
                .map(component -> OASFactory.createParameter().ref(component.getKey())).findFirst().orElse(parameter);
    }

    private static void add(Map<String, String> common, Map<String, APIResponse> responses) {
        common.forEach(
                (status, component) -> responses.putIfAbsent(status, OASFactory.createAPIResponse().ref(component)));
    }

    private static boolean isNegotiable(APIResponse response, Components components) {
        String name = response.getRef().substring(response.getRef().lastIndexOf('/') + 1);
        APIResponse component = components.getResponses().get(name);
        return component.getContent() != null && NEGOTIABLE.stream().anyMatch(component.getContent()::hasMediaType);
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
