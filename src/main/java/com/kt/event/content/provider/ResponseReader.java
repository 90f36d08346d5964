package com.kt.event.content.provider;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads what is left of JSON responses without their images, which is limited in size.
 *
 * <p>Not static: the factory seeds its hashes against names that are made to collide, and the seed must differ in each
 * process.
 */
final class ResponseReader {
    /** A response with an image and its metadata has a few dozen. */
    private static final int MAX_TOKENS = 10_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 1_000;

    private final ObjectMapper json;

    ResponseReader() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxTokenCount(MAX_TOKENS).maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_NAME)
                .maxStringLength(4 * JsonBody.LONG).build();
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(constraints)
                // Base64 with unescaped line breaks, and the NaN of Python's json module.
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .addHandler(new UnexpectedTypes())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(empty -> empty.setCoercion(CoercionInputShape.EmptyString,
                        CoercionAction.AsNull))
                .build();
    }

    <T> T read(JsonBody body, Class<T> type) throws IOException {
        return json.readValue(body.rest(), type);
    }

    /** Skips values of an unexpected type: they are no image, but other fields may say why there is none. */
    private static final class UnexpectedTypes extends DeserializationProblemHandler {
        @Override
        public Object handleUnexpectedToken(DeserializationContext context, JavaType type, JsonToken token,
                JsonParser parser, String message) throws IOException {
            parser.skipChildren();
            return null;
        }

        @Override
        public Object handleMissingInstantiator(DeserializationContext context, Class<?> type,
                ValueInstantiator instantiator, JsonParser parser, String message) throws IOException {
            parser.skipChildren();
            return null;
        }
    }
}
