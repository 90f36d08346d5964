package com.kt.event.content.recommendation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;

/** The three styles in which the images of an event are generated. */
public enum Style {
    SIMPLE("심플"), FANCY("화려한"), TRENDY("트렌디");

    private final String key;
    private final String label;

    Style(String label) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.label = label;
    }

    /** The style's name in URLs, in JSON and in Redis. */
    @JsonValue
    public String key() {
        return key;
    }

    /** The style's name in Korean, for the shop owner. */
    public String label() {
        return label;
    }

    public static Optional<Style> ofKey(String key) {
        return Stream.of(values()).filter(style -> style.key.equals(key)).findFirst();
    }
}
