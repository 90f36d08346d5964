package com.kt.event.content.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/**
 * The providers. Names of providers from the environment cannot be told apart here; ProviderSettings reads and checks
 * what is below them.
 */
@ConfigMapping(prefix = "content.providers")
public interface ProvidersConfig {
    /** In which order they are called. */
    Optional<List<String>> order();

    /** Whether another provider is asked for what one has refused. */
    @WithDefault("false")
    boolean moderationFallback();

    @WithParentName
    Map<String, Map<String, String>> members();
}
