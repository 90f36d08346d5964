package com.kt.event.content.recommendation;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * JSON in plain form: without the class names that Spring, Redisson and Jackson's default typing add, with JSON in quoted
 * texts unwrapped, and with texts, numbers and dates in readable notation.
 */
final class PlainJson {
    /** Limits of the tree in memory. A recommendation has a few levels and some dozens of values. */
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder().maxNestingDepth(100)
            .maxTokenCount(100_000).maxNumberLength(1_000).build();

    /** The text form of an {@code Optional}, with its value ($1). */
    private static final Pattern OPTIONAL = Pattern
            .compile("(?s)Optional(?:Int|Long|Double)?(?:\\[(.*)]|\\.empty)");

    /** How often JSON may be nested in JSON texts. */
    private static final int MAX_EMBEDDED = 3;

    private final ObjectReader reader;
    private final ObjectWriter writer;

    PlainJson(ObjectMapper json) {
        ObjectMapper bounded = json.copyWith(JsonFactory.builder().streamReadConstraints(BOUNDS).build());
        this.reader = bounded.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.writer = bounded.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .without(JsonNodeFeature.WRITE_NULL_PROPERTIES);
    }

    JsonNode parse(String text) {
        return plain(tree(text).orElseThrow(() -> new UnreadableRecommendationException("it is not JSON")));
    }

    JsonNode plain(JsonNode node) {
        return new Pass(MAX_EMBEDDED).plain(node);
    }

    /** The text parsed as JSON; the text itself if it is not JSON. */
    JsonNode parseIfJson(String text) {
        return tree(text).map(this::plain).orElseGet(() -> TextNode.valueOf(text));
    }

    String write(JsonNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (IOException e) {
            throw new UnreadableRecommendationException("it holds a number out of all bounds");
        }
    }

    /** Parses strict JSON within the limits. The parser's message would quote the text, so it is dropped. */
    private Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(reader.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** One traversal of a tree. */
    private final class Pass {
        private final int embedded;
        private boolean foundClasses;

        Pass(int embedded) {
            this.embedded = embedded;
        }

        JsonNode plain(JsonNode node) {
            return switch (node.getNodeType()) {
                case OBJECT -> object((ObjectNode) node);
                case ARRAY -> array(node);
                case STRING -> text(Texts.clean(node.textValue()));
                case NUMBER -> Numbers.plain(node);
                default -> node;
            };
        }

        private JsonNode object(ObjectNode node) {
            if (TypeNames.isNull(node)) {
                return NullNode.getInstance();
            }
            if (node.size() == 1) {
                var only = node.properties().iterator().next();
                if (TypeNames.isClass(only.getKey()) && !isNamed(only.getKey(), only.getValue())) {
                    return unwrapped(only.getKey(), only.getValue());
                }
            }
            return Dates.ofMembers(node).<JsonNode>map(TextNode::valueOf).orElseGet(() -> members(node));
        }

        private JsonNode members(ObjectNode node) {
            ObjectNode members = node.objectNode();
            node.properties().forEach(member -> {
                String name = Texts.clean(member.getKey());
                if (isClass(name, member.getValue())) {
                    foundClasses = true;
                } else {
                    members.set(name, plain(member.getValue()));
                }
            });
            return members;
        }

        /** An object whose name, given by people, looks like that of a class. */
        private static boolean isNamed(String name, JsonNode value) {
            return TypeNames.isShort(name) && value.isTextual();
        }

        /** Whether a class name is under a serializer's name, or under any name but those of the texts. */
        private static boolean isClass(String name, JsonNode value) {
            return TypeNames.isMember(name) || value.isTextual() && TypeNames.isClass(value.textValue())
                    && !TypeNames.isShort(value.textValue()) && !RecommendationReader.isText(name);
        }

        private JsonNode array(JsonNode node) {
            if (node.size() == 2 && TypeNames.wraps(node.get(0), node.get(1))) {
                return unwrapped(node.get(0).textValue(), node.get(1));
            }
            return Dates.of(node).<JsonNode>map(TextNode::valueOf).orElseGet(() -> {
                ArrayNode elements = JsonNodeFactory.instance.arrayNode();
                node.forEach(element -> elements.add(plain(element)));
                return elements;
            });
        }

        private JsonNode unwrapped(String className, JsonNode value) {
            foundClasses = true;
            if (TypeNames.isMeaningless(className)) {
                return NullNode.getInstance();
            }
            return Dates.of(className, value).<JsonNode>map(TextNode::valueOf).orElseGet(() -> plain(value));
        }

        private JsonNode text(String printed) {
            String text = withoutOptional(printed);
            if (text.equals("null") || text.equals("NaN")) {
                return NullNode.getInstance();
            }
            if (Numbers.hasExponent(text)) {
                return Numbers.parse(text);
            }
            boolean mayBeJson = embedded > 0 && text.length() > 1 && "\"[{".indexOf(text.charAt(0)) >= 0;
            return mayBeJson
                    ? tree(text).flatMap(this::embedded).orElseGet(() -> TextNode.valueOf(text))
                    : TextNode.valueOf(text);
        }

        private static String withoutOptional(String printed) {
            if (!printed.startsWith("Optional")) {
                return printed;
            }
            Matcher optional = OPTIONAL.matcher(printed);
            return optional.matches() ? Objects.requireNonNullElse(optional.group(1), "null") : printed;
        }

        /**
         * Text in quotes or brackets may be JSON by accident. A text and a list of texts are unwrapped; an object only where
         * one is expected, or if it names its class.
         */
        private Optional<JsonNode> embedded(JsonNode node) {
            Pass inner = new Pass(embedded - 1);
            JsonNode plain = inner.plain(node);
            boolean list = node.isArray() && (!plain.isArray() || !plain.isEmpty() && !node.get(0).isNumber());
            boolean accepted = node.isTextual() || list || inner.foundClasses;
            foundClasses |= accepted && inner.foundClasses;
            return Optional.of(plain).filter(it -> accepted);
        }
    }
}
