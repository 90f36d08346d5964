package com.kt.event.content.provider;

import java.net.URI;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** Logs the paid API and model at start-up. */
@ApplicationScoped
class StartLine {
    private static final Logger LOG = Logger.getLogger(StartLine.class);

    void log(@Observes StartupEvent event, ImageApiConfig config) {
        LOG.info(of(config));
    }

    static String of(ImageApiConfig config) {
        return "image API: %s, model %s, size %s, quality %s, %s".formatted(withoutSecrets(config.url()),
                config.model(),
                config.size(), config.quality().orElse("by default"),
                config.key().isPresent() ? "with a key" : "without a key");
    }

    /** User info and query may hold secrets. */
    private static String withoutSecrets(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }
}
