package com.kt.event.content.settings;

import java.util.Locale;
import java.util.Set;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.spi.Converter;

/** Accepts SmallRye Config's words for true and their opposites, and nothing else. SmallRye reads "ture" as false. */
@Priority(StrictDurationConverter.BEFORE_QUARKUS)
public class StrictBooleanConverter implements Converter<Boolean> {
    private static final long serialVersionUID = 1L;

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on", "ja", "j", "si", "sim", "oui");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "n", "off", "nein", "não", "non");

    @Override
    public Boolean convert(String value) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return null;
        }
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new IllegalArgumentException("'" + value + "' is neither true nor false");
        }
        return TRUE.contains(word);
    }
}
