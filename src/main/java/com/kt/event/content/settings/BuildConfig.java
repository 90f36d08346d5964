package com.kt.event.content.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the service is built. A value that is given at the start has no effect. */
@ConfigMapping(prefix = "content")
public interface BuildConfig {
    /** Whether the build contains the page for a person, at {@code /}. */
    @WithDefault("false")
    boolean page();
}
