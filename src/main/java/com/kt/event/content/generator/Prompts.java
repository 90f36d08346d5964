package com.kt.event.content.generator;

import java.util.EnumMap;
import java.util.Map;

import jakarta.inject.Singleton;

import com.kt.event.content.recommendation.Recommendation;
import com.kt.event.content.recommendation.Style;

import io.quarkus.runtime.Startup;

/** The prompts of all styles, read when the service starts, so that a broken one stops it there. */
@Startup
@Singleton
class Prompts {
    private final Map<Style, PromptTemplate> templates = new EnumMap<>(Style.class);

    Prompts(GeneratorConfig config) {
        for (Style style : Style.values()) {
            templates.put(style, template(style, config.styles().get(style)));
        }
    }

    String of(Style style, Recommendation recommendation) {
        return templates.get(style).fill(recommendation);
    }

    private static PromptTemplate template(Style style, GeneratorConfig.Look look) {
        String key = "content.styles." + style.key() + ".prompt";
        if (look == null) {
            throw new IllegalStateException(key + " must be set");
        }
        try {
            return new PromptTemplate(look.prompt());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(key + ": " + e.getMessage());
        }
    }
}
