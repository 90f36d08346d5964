package com.kt.event.content.generator;

import java.util.Map;

import com.kt.event.content.recommendation.Style;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

/** The prompt of each style. */
@ConfigMapping(prefix = "content")
public interface StyleConfig {
    Map<Style, StylePrompt> styles();

    /** content.styles.&lt;style&gt;.* */
    interface StylePrompt {
        @WithConverter(PromptTemplate.FromText.class)
        PromptTemplate prompt();
    }
}
