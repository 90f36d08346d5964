package com.kt.event.content.provider;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;

/**
 * The settings of connections to providers, under the names that Quarkus uses for a REST client.
 *
 * <p>Read at start-up, so that a missing TLS configuration stops the start instead of failing the first job.
 */
@Startup(Providers.BEFORE_THE_SCHEDULER)
@Singleton
class ClientSettings {
    private static final String PREFIX = "quarkus.rest-client.image-api.";
    private static final String TLS_CONFIGURATION = PREFIX + "tls-configuration-name";
    private static final String PROXY = PREFIX + "proxy-address";
    /** There are few image hosts, and an unresponsive one must not use up all file descriptors. */
    private static final int MAX_DOWNLOADS_PER_HOST = 256;
    /** Shorter than servers wait: Node.js, Apache and uvicorn close an idle connection after five seconds. */
    private static final int IDLE_SECONDS = 4;

    private final HttpClientOptions common = new HttpClientOptions();
    private final Optional<ProxyOptions> proxy;
    private final Optional<String> nonProxyHosts;
    private final int maxCalls;
    private final Duration readTimeout;
    private final String userAgent;

    /** @param tlsConfiguration also trusted for image hosts */
    ClientSettings(TlsConfigurationRegistry tls, @ConfigProperty(name = PREFIX + "connect-timeout") int connectTimeout,
            @ConfigProperty(name = PREFIX + "read-timeout") long readTimeout,
            @ConfigProperty(name = PREFIX + "connection-pool-size") int maxCalls,
            @ConfigProperty(name = TLS_CONFIGURATION) Optional<String> tlsConfiguration,
            @ConfigProperty(name = PROXY) Optional<String> proxyAddress,
            @ConfigProperty(name = PREFIX + "proxy-user") Optional<String> proxyUser,
            @ConfigProperty(name = PREFIX + "proxy-password") Optional<String> proxyPassword,
            @ConfigProperty(name = PREFIX + "non-proxy-hosts") Optional<String> nonProxyHosts,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.readTimeout = Duration.ofMillis(readTimeout);
        this.maxCalls = maxCalls;
        this.userAgent = "content-service/" + version;
        this.nonProxyHosts = nonProxyHosts;
        this.proxy = proxyAddress.filter(address -> !address.equals("none")).map(ClientSettings::proxy);
        proxy.ifPresent(found -> proxyUser
                .ifPresent(user -> found.setUsername(user).setPassword(proxyPassword.orElse(""))));
        common.setConnectTimeout(connectTimeout).setKeepAliveTimeout(IDLE_SECONDS);
        tlsConfiguration.map(name -> find(name, tls)).ifPresent(trust -> TlsConfigUtils.configure(common, trust));
    }

    private static TlsConfiguration find(String name, TlsConfigurationRegistry tls) {
        return tls.get(name).orElseThrow(() -> new ConfigurationException(TLS_CONFIGURATION + ": nothing is set below "
                + "quarkus.tls." + name + (name.contains("-") ? ", which environment variables cannot name" : "")));
    }

    private static ProxyOptions proxy(String address) {
        if (!address.matches("[^:\\s]+:[0-9]{1,5}")) {
            throw new ConfigurationException(PROXY + " must be a host and a port with a colon between them");
        }
        int colon = address.indexOf(':');
        return new ProxyOptions().setHost(address.substring(0, colon))
                .setPort(Integer.parseInt(address.substring(colon + 1)));
    }

    /** Each job makes three calls; the worker limits the number of jobs. */
    HttpClientOptions forCalls() {
        HttpClientOptions options = new HttpClientOptions(common).setMaxPoolSize(maxCalls);
        proxy.ifPresent(options::setProxyOptions);
        nonProxyHosts.map(hosts -> hosts.split("\\|")).ifPresent(hosts -> {
            for (String host : hosts) {
                options.addNonProxyHost(host);
            }
        });
        return options;
    }

    /** Without a proxy: downloads go to the address that was resolved and checked here. */
    HttpClientOptions forDownloads() {
        return new HttpClientOptions(common).setMaxPoolSize(MAX_DOWNLOADS_PER_HOST);
    }

    /** How long a call waits for a response. */
    Duration readTimeout() {
        return readTimeout;
    }

    String userAgent() {
        return userAgent;
    }
}
