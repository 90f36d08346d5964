package com.kt.event.content.generator;

import java.util.Map;

import com.kt.event.content.recommendation.Style;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

/** The words in which each style is asked for. */
@ConfigMapping(prefix = "content")
public interface StyleConfig {
    Map<Style, Look> styles();

    /** content.styles.&lt;style&gt;.* */
    interface Look {
        @WithConverter(PromptTemplate.FromText.class)
        PromptTemplate prompt();
    }
}
