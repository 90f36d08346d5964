package com.kt.event.content.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
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
 * Reads JSON responses without ever holding an image as text: of a long text only its offset in the response is kept, and
 * the text is decoded from there. Everything else in a response is limited in size.
 *
 * <p>Not static: the factory seeds its hashes against names that are made to collide, and the seed must differ in each
 * process.
 */
final class ResponseReader {
    /** A response with an image and its metadata has a few dozen. */
    private static final int MAX_TOKENS = 10_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 1_000;
    /** Longer than a URL, a reason or a revised prompt. */
    static final int LONG = 16 * 1024;

    private final ObjectMapper json;

    ResponseReader() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxTokenCount(MAX_TOKENS).maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_NAME)
                .maxStringLength(4 * LONG).build();
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

    <T> Read<T> read(ResponseBody body, Class<T> type) throws IOException {
        Map<String, Long> longTexts = new HashMap<>();
        try (JsonParser parser = new LongTextParser(json.createParser(body.stream()), body, longTexts)) {
            return new Read<>(json.readValue(parser, type), longTexts, body);
        }
    }

    /**
     * A response that was read.
     *
     * @param value with a placeholder for each long text
     */
    record Read<T>(T value, Map<String, Long> longTexts, ResponseBody body) {
        boolean isLong(String text) {
            return longTexts.containsKey(text);
        }

        boolean isDataUrl(String text) throws IOException {
            Long offset = longTexts.get(text);
            if (offset == null) {
                return Base64Text.isDataUrl(text);
            }
            char[] beginning = new char[100];
            try (Reader reader = new JsonTextReader(body.streamFrom(offset + 1))) {
                return Base64Text.isDataUrl(new String(beginning, 0, reader.read(beginning)));
            }
        }

        /** Reads a text, long or not, for the last time: reading a long one frees the response. */
        Reader consume(String text) {
            Long offset = longTexts.get(text);
            return offset == null ? new StringReader(text) : new JsonTextReader(body.consumingStreamFrom(offset + 1));
        }

        /** At least the number of characters in the text. */
        int upperLengthOf(String text) {
            Long offset = longTexts.get(text);
            return offset == null ? text.length() : Math.toIntExact(body.length() - offset);
        }
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

    private static final class LongTextParser extends JsonParserDelegate {
        private final ResponseBody body;
        private final Map<String, Long> longTexts;

        LongTextParser(JsonParser parser, ResponseBody body, Map<String, Long> longTexts) {
            super(parser);
            this.body = body;
            this.longTexts = longTexts;
        }

        @Override
        public String getText() throws IOException {
            long offset = currentToken() == JsonToken.VALUE_STRING ? currentTokenLocation().getByteOffset() : -1;
            if (offset < 0 || !isLong(offset)) {
                return super.getText();
            }
            String name = "a long text at " + offset;
            longTexts.put(name, offset);
            return name;
        }

        @Override
        public String getValueAsString() throws IOException {
            return currentToken() == JsonToken.VALUE_STRING ? getText() : super.getValueAsString();
        }

        private boolean isLong(long offset) throws IOException {
            if (body.length() - offset <= LONG) {
                return false;
            }
            try (InputStream bytes = body.streamFrom(offset)) {
                if (bytes.read() != '"') {
                    throw new IOException("a text expected");
                }
                return isUnterminated(bytes.readNBytes(LONG));
            }
        }

        private static boolean isUnterminated(byte[] text) {
            for (int i = 0; i < text.length; i++) {
                if (text[i] == '"') {
                    return false;
                }
                i += text[i] == '\\' ? 1 : 0;
            }
            return true;
        }
    }
}
