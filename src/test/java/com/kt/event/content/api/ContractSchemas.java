package com.kt.event.content.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.kt.event.content.api.http.OpenApiDocumentFilter;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi31;

/** Validates values against the schemas of the OpenAPI document, which it makes strict. */
final class ContractSchemas {
    private static final String ID = "urn:content-service:openapi";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Keywords of a document, which contains schemas but is none, and annotations of schemas. */
    private static final List<String> PARTS = List.of("openapi", "info", "servers", "security", "tags", "paths",
            "components",
            OpenApiDocumentFilter.KNOWN_VALUES);

    private final JsonNode document;
    private final JsonSchemaFactory schemas;

    ContractSchemas(JsonNode document) {
        this.document = strict(document.deepCopy());
        this.schemas = schemasOf(this.document.toString());
    }

    private static JsonSchemaFactory schemasOf(String document) {
        JsonMetaSchema dialect = JsonMetaSchema.builder(OpenApi31.getInstance())
                .keywords(PARTS.stream().map(NonValidationKeyword::new).toList()).build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012, factory -> factory
                .metaSchema(dialect).defaultMetaSchemaIri(dialect.getIri())
                .schemaLoaders(loaders -> loaders.schemas(Map.of(ID, document))));
    }

    /** Closes the enumerations that the document leaves open for later versions. */
    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            if (schema.path("properties").isObject()) {
                schema.put("additionalProperties", false);
            }
            if (schema.has(OpenApiDocumentFilter.KNOWN_VALUES)) {
                schema.replace("enum", schema.get(OpenApiDocumentFilter.KNOWN_VALUES));
            }
        }
        node.forEach(ContractSchemas::strict);
        return node;
    }

    /** The part of the document to which the pointer leads. */
    JsonNode at(JsonPointer pointer) {
        return document.at(pointer);
    }

    /** The pointer itself, or that to which a {@code $ref} there leads. */
    JsonPointer followed(JsonPointer pointer) {
        JsonNode ref = document.at(pointer).path("$ref");
        return ref.isMissingNode() ? pointer : JsonPointer.compile(ref.asText().substring(1));
    }

    /** The violations of the schema by the text of a header or of a parameter. */
    Stream<String> validate(JsonPointer schema, String value) {
        return validate(schema, typed(value, document.at(schema)));
    }

    /** The violations of the schema by a body of JSON. */
    List<String> validateJson(JsonPointer schema, byte[] body) {
        try {
            return validate(schema, JSON.readTree(body)).toList();
        } catch (IOException e) {
            return List.of("not JSON: " + e.getMessage());
        }
    }

    Stream<String> validate(JsonPointer schema, JsonNode value) {
        return schemas.getSchema(SchemaLocation.of(ID + "#" + schema),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                .validate(value).stream().map(Object::toString);
    }

    private static JsonNode typed(String value, JsonNode schema) {
        if (!schema.path("type").asText("string").equals("string")) {
            try {
                JsonNode typed = JSON.readTree(value);
                if (typed.toString().equals(value)) {
                    return typed;
                }
            } catch (JsonProcessingException e) {
                // The schema does not allow a plain text.
            }
        }
        return JsonNodeFactory.instance.textNode(value);
    }
}
