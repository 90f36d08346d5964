package com.kt.event.content.recommendation;

import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Distinguishes class names that Java serializers add from text of people. A class name is a whole name or a whole value,
 * never a part of one: "com.example 쇼핑몰 오픈" is a title.
 */
final class TypeNames {
    /** Jackson's, Spring Data's, Fastjson's and json-io's names for the class or the identity of an object. */
    private static final Set<String> MEMBERS = Set.of("@class", "@c", "@type", "@id", "@ref", "_class", "$type", "$id",
            "$ref");

    private static final String ARGUMENTS = "(?:<.+>)?";
    /**
     * A package in lower case, then a class, as in all libraries of Java, Kotlin and Scala. Possessive: other groups match
     * by recursion, and a text of 100,000 words and dots would overflow the stack.
     */
    private static final String QUALIFIED = "(?:[a-z_][A-Za-z0-9_]*+\\.)++[A-Z$][A-Za-z0-9_$]*+";
    /** With Hangul, and in a package of two parts, to distinguish it from an address such as "cafe.봄날". */
    private static final String HANGUL = "(?!www\\.)[a-z_][a-z0-9_]*+\\.(?:[a-z0-9_\\p{IsHangul}]++\\.)++"
            + "[A-Z\\p{IsHangul}][\\w$\\p{IsHangul}]*+";
    private static final String ARRAY = "\\[++(?:[ZBCSIJFD]|L[\\w.$]++;)";
    private static final Pattern CLASS = Pattern
            .compile("(?:" + QUALIFIED + "|" + HANGUL + ")" + ARGUMENTS + "|" + ARRAY);
    /** Beside an object, a name without a package or with a relative one is a class name too. */
    private static final Pattern LOOSE = Pattern
            .compile("(?U)\\.?(?:(?:[\\p{L}_$][\\w$]*+\\.)++[\\p{L}_$]|\\p{Lu})[\\w$]*"
                    + ARGUMENTS);

    /** A class, a lambda's included, before the hash code of its object. */
    private static final String OBJECT = QUALIFIED + "(?:/(?:0x)?[0-9a-f]++)?@";

    /** {@code Object.toString()}, a class, or a list or map that was serialized with its class. */
    private static final Pattern PRINTED = Pattern.compile("(?s)(?:" + OBJECT + "|" + ARRAY + "@)[0-9a-f]{1,8}"
            + "|(?:class|interface|enum) (?:" + QUALIFIED + "|" + ARRAY + ")"
            + "|\\[(?:" + QUALIFIED + ARGUMENTS + "|" + ARRAY + "), .*]|\\{(?:@class|_class|@type)=.*}");
    /**
     * The same inside a list or a map, and followed by members as some toString builders write them. A mail address continues
     * with a dot.
     */
    private static final Pattern PRINTED_WITHIN = Pattern.compile("(?<![\\w.@-])" + OBJECT + "[0-9a-f]{4,8}(?![\\w.@-])"
            + "|(?<![\\w.@\\[-])" + ARRAY + "@[0-9a-f]{4,8}(?![\\w.@-])"
            + "|(?<![\\w.@-])" + QUALIFIED + " ?[\\[({][\\w$]++=");

    /** Names without meaning to people, whatever their value. */
    private static final Set<String> MEANINGLESS = Set.of("java.lang.Class", "[B", "[Ljava.lang.Byte;");

    private TypeNames() {
    }

    /** Written by Spring's caches for an absent value. */
    static boolean isNull(JsonNode object) {
        return object.size() == 1 && object.valueStream()
                .anyMatch(value -> value.asText().equals("org.springframework.cache.support.NullValue"));
    }

    /** Whether the name is too short to be distinguished from one that people gave, such as "kakao.T". */
    static boolean isShort(String className) {
        return className.indexOf('.') == className.lastIndexOf('.') && className.indexOf('$') < 0
                && !className.startsWith("[");
    }

    static boolean isMember(String name) {
        return MEMBERS.contains(name);
    }

    static boolean isClass(String text) {
        return (text.indexOf('.') >= 0 || text.startsWith("[")) && CLASS.matcher(text).matches();
    }

    /** Whether an array of these two is a value wrapped with its class. */
    static boolean wraps(JsonNode name, JsonNode value) {
        if (!name.isTextual()) {
            return false;
        }
        String text = name.textValue();
        return isClass(text) || value.isObject() && isLoosely(text)
                || value.isArray() && text.startsWith(".") && isLoosely(text);
    }

    /** Whether it can be a class name in a place where only an object or its class can occur. */
    static boolean isLoosely(String text) {
        return LOOSE.matcher(text).matches();
    }

    static boolean isPrinted(String text) {
        return mayBePrinted(text) && (PRINTED.matcher(text).matches() || PRINTED_WITHIN.matcher(text).find());
    }

    /** What each alternative of the patterns requires, for the many texts that have none of it. */
    private static boolean mayBePrinted(String text) {
        return text.indexOf('@') >= 0 || text.indexOf('=') >= 0 || text.startsWith("[")
                || text.startsWith("class ") || text.startsWith("interface ") || text.startsWith("enum ");
    }

    static boolean isMeaningless(String className) {
        return MEANINGLESS.contains(className);
    }
}
