package com.kt.event.content.provider.dialect;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads parts of responses in which any field may be missing or of another type. */
final class Json {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][\\x21-\\x7E]{0,199}");
    /** More would be an error: sums and costs of them have to remain numbers that clients can read. */
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,20})?");

    private Json() {
    }

    static List<JsonNode> list(JsonNode array) {
        return array.isArray() ? array.valueStream().toList() : List.of();
    }

    static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.propertyStream().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** Null if it is not a text, or blank. */
    static String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }

    /** An id to ask by, which is written to Redis and becomes part of an address; null if it is none. */
    static String id(JsonNode value) {
        return value.isTextual() && ID.matcher(value.textValue()).matches() ? value.textValue() : null;
    }

    /** Null if it is not a whole number above zero: some servers report zero for what they do not count. */
    static Long count(JsonNode value) {
        BigDecimal amount = amount(value);
        return amount == null || amount.stripTrailingZeros().scale() > 0 ? null : Long.valueOf(amount.longValueExact());
    }

    /** Null if it is not a number above zero, also in a text, of a size that makes sense. */
    static BigDecimal amount(JsonNode value) {
        return amount(value.isNumber() ? value.decimalValue().toPlainString() : value.textValue());
    }

    /** As of a number; null if there is no text. */
    static BigDecimal amount(String text) {
        return text != null && AMOUNT.matcher(text).matches() && new BigDecimal(text).signum() > 0
                ? new BigDecimal(text)
                : null;
    }
}
