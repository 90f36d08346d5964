package com.kt.event.content.recommendation;

import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells the class names that serialisers of Java add from what people write. They are known by their place, which is
 * the name or the whole of a value, never by a part of it: "com.example 쇼핑몰 오픈" is a title.
 */
final class TypeNames {
    /** Jackson's, Spring Data's, Fastjson's and json-io's names for the class or the identity of an object. */
    private static final Set<String> MEMBERS = Set.of("@class", "@c", "@type", "@id", "@ref", "_class", "$type", "$id",
            "$ref");

    private static final String ARGUMENTS = "(?:<.+>)?";
    /**
     * A package in small letters, then a class: the way of all of Java's, Kotlin's and Scala's libraries. Possessive, as
     * other groups are matched by recursion, which a text of 100,000 words and dots would take beyond the stack.
     */
    private static final String QUALIFIED = "(?:[a-z_][A-Za-z0-9_]*+\\.)++[A-Z$][A-Za-z0-9_$]*+";
    /** With Hangul in it, and in a package of two parts, to be told from an address such as "cafe.봄날". */
    private static final String HANGUL = "(?!www\\.)[a-z_][a-z0-9_]*+\\.(?:[a-z0-9_\\p{IsHangul}]++\\.)++"
            + "[A-Z\\p{IsHangul}][\\w$\\p{IsHangul}]*+";
    private static final String ARRAY = "\\[++(?:[ZBCSIJFD]|L[\\w.$]++;)";
    private static final Pattern CLASS = Pattern
            .compile("(?:" + QUALIFIED + "|" + HANGUL + ")" + ARGUMENTS + "|" + ARRAY);
    /** Where an object stands beside it, a name without a package, or with a relative one, is one as well. */
    private static final Pattern LOOSE = Pattern
            .compile("(?U)\\.?(?:(?:[\\p{L}_$][\\w$]*+\\.)++[\\p{L}_$]|\\p{Lu})[\\w$]*"
                    + ARGUMENTS);

    /** A class, be it a lambda's, before the hash of its object. */
    private static final String OBJECT = QUALIFIED + "(?:/(?:0x)?[0-9a-f]++)?@";

    /** What {@code Object.toString()} says, a class, and a list or map that was serialised with its class. */
    private static final Pattern PRINTED = Pattern.compile("(?s)(?:" + OBJECT + "|" + ARRAY + "@)[0-9a-f]{1,8}"
            + "|(?:class|interface|enum) (?:" + QUALIFIED + "|" + ARRAY + ")"
            + "|\\[(?:" + QUALIFIED + ARGUMENTS + "|" + ARRAY + "), .*]|\\{(?:@class|_class|@type)=.*}");
    /**
     * The same within a list or a map, and where a builder of such texts goes on with the members. An address of mail
     * goes on with a dot.
     */
    private static final Pattern PRINTED_WITHIN = Pattern.compile("(?<![\\w.@-])" + OBJECT + "[0-9a-f]{4,8}(?![\\w.@-])"
            + "|(?<![\\w.@\\[-])" + ARRAY + "@[0-9a-f]{4,8}(?![\\w.@-])"
            + "|(?<![\\w.@-])" + QUALIFIED + " ?[\\[({][\\w$]++=");

    /** Of no meaning to people, whatever the value. */
    private static final Set<String> MEANINGLESS = Set.of("java.lang.Class", "[B", "[Ljava.lang.Byte;");

    private TypeNames() {
    }

    /** What Spring's caches write for a value that is not there. */
    static boolean isNull(JsonNode object) {
        return object.size() == 1 && object.valueStream()
                .anyMatch(value -> value.asText().equals("org.springframework.cache.support.NullValue"));
    }

    /** Whether it is too short a name to be told from one that people gave, such as "kakao.T". */
    static boolean isShort(String className) {
        return className.indexOf('.') == className.lastIndexOf('.') && className.indexOf('$') < 0
                && !className.startsWith("[");
    }

    static boolean isMember(String name) {
        return MEMBERS.contains(name);
    }

    static boolean isClass(String text) {
        return CLASS.matcher(text).matches();
    }

    /** Whether an array of these two is a value that was wrapped together with its class. */
    static boolean wraps(JsonNode name, JsonNode value) {
        if (!name.isTextual()) {
            return false;
        }
        String text = name.textValue();
        return isClass(text) || value.isObject() && isLoosely(text)
                || value.isArray() && text.startsWith(".") && isLoosely(text);
    }

    /** Whether it can be a class's name where an object is expected, and nothing else can stand there. */
    static boolean isLoosely(String text) {
        return LOOSE.matcher(text).matches();
    }

    static boolean isPrinted(String text) {
        return PRINTED.matcher(text).matches() || PRINTED_WITHIN.matcher(text).find();
    }

    static boolean isMeaningless(String className) {
        return MEANINGLESS.contains(className);
    }
}
