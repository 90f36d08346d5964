package com.kt.event.content.provider;

import java.net.URI;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import com.kt.event.content.settings.ProviderSettings;

import io.quarkus.runtime.StartupEvent;

/** Logs each paid API and its model at start-up, and which providers are not called. */
@ApplicationScoped
class StartLine {
    private static final Logger LOG = Logger.getLogger(StartLine.class);

    void log(@Observes StartupEvent event, ImageApiConfig config, Providers providers, Config all) {
        providers.inOrder().forEach(api -> LOG.info(of(api.config(), config)));
        ProviderSettings.notCalled(all)
                .forEach(name -> LOG.infof("provider %s is configured, and not called: %s does not name it",
                        name, ProviderSettings.ORDER));
    }

    /** @param defaults of which {@code content.providers.default.*} may override some */
    static String of(ProviderConfig config, ImageApiConfig defaults) {
        boolean isPlain = config.name().equals(ProviderSettings.DEFAULT) && config.model().equals(defaults.model())
                && config.url().equals(HttpAddress.of(defaults.url().toString()))
                && config.size().equals(defaults.size()) && config.quality().equals(defaults.quality())
                && config.key().equals(defaults.key());
        return isPlain ? of(defaults) : of(config);
    }

    static String of(ProviderConfig config) {
        HttpAddress url = config.url();
        return "image API of %s (%s): %s://%s:%d%s, model %s, size %s, quality %s, %s".formatted(config.name(),
                config.type(), url.tls() ? "https" : "http", url.host(), url.port(),
                url.target().replaceFirst("\\?.*", ""),
                config.model().isEmpty() ? "by default" : config.model(), config.size(),
                config.quality().orElse("by default"), config.key().isPresent() ? "with a key" : "without a key");
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
