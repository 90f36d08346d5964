package com.kt.event.content.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** Warns of a setting that the build has decided otherwise. */
@ApplicationScoped
class BuildTimeSettings {
    private static final Logger LOG = Logger.getLogger(BuildTimeSettings.class);

    private final BuildConfig config;

    BuildTimeSettings(BuildConfig config) {
        this.config = config;
    }

    void warn(@Observes StartupEvent event) {
        if (config.page() && Thread.currentThread().getContextClassLoader().getResource("page/index.html") == null) {
            LOG.warn("content.page (CONTENT_PAGE) has no effect: the page was not built in, with -Dcontent.page=true");
        }
    }
}
