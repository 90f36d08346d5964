package com.kt.event.content.generator;

import java.util.Map;

import com.kt.event.content.recommendation.Style;

import io.smallrye.config.ConfigMapping;

/** The words in which each style is asked for. */
@ConfigMapping(prefix = "content")
public interface StyleConfig {
    Map<Style, Look> styles();

    /** content.styles.&lt;style&gt;.* */
    interface Look {
        PromptTemplate prompt();
    }
}
