package com.kt.event.content.recommendation;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;

/** Converts numbers into plain notation: 15000000, not 1.5E7; 100, not 100.0. */
final class Numbers {
    /** Limits for plain notation: beyond them it is unreadable, and a short exponent could become millions of digits. */
    private static final int MAX_DIGITS = 40;

    /** Java's notation of large and small {@code double} and {@code BigDecimal} values, which people do not use. */
    private static final Pattern WITH_EXPONENT = Pattern
            .compile("-?\\d(?:\\.\\d{1,17}E-?|\\.\\d{1,40}E[+-]|E\\+)\\d{1,3}");
    /** Java's notation of a whole {@code double}, which people use too. */
    private static final Pattern WITH_ZERO = Pattern.compile("-?(?:0|[1-9]\\d{0,17})\\.0");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(?:\\.\\d{1,40})?(?:E[+-]?\\d{1,3})?");

    private Numbers() {
    }

    static JsonNode plain(JsonNode number) {
        return number.isIntegralNumber() ? number : plain(number.decimalValue());
    }

    private static JsonNode plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        long digits = (long) shortest.precision() - shortest.scale();
        return shortest.scale() <= 0 && digits <= MAX_DIGITS
                ? BigIntegerNode.valueOf(shortest.toBigInteger())
                : DecimalNode.valueOf(shortest);
    }

    static String text(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.asText();
        }
        BigDecimal decimal = number.decimalValue();
        boolean readable = decimal.scale() >= 0 && decimal.scale() <= MAX_DIGITS;
        return readable ? decimal.toPlainString() : decimal.toString();
    }

    static boolean hasExponent(String text) {
        return text.indexOf('E') > 0 && WITH_EXPONENT.matcher(text).matches();
    }

    /** Whether a hash field, which is always text, contains a number in Java's notation. */
    static boolean isJavas(String text) {
        return hasExponent(text) || WITH_ZERO.matcher(text).matches();
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    static JsonNode parse(String text) {
        return plain(new BigDecimal(text));
    }
}
