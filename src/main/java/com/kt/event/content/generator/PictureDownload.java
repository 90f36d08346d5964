package com.kt.event.content.generator;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;

/**
 * Fetches a picture from the address in the provider's answer. That address is the provider's word, so it is followed
 * over http(s) only, into no private network (unless configuration allows it), and up to a size and a time.
 *
 * <p>Made at the start, because a TLS configuration that is not there would fail the first job else.
 */
@Startup
@ApplicationScoped
class PictureDownload {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final int MAX_REDIRECTS = 3;
    /** A picture that is made and paid for is worth a second and a third try. */
    private static final int RETRIES = 2;

    private static final String TLS_CONFIGURATION = "quarkus.rest-client.image-api.tls-configuration-name";

    private final Vertx vertx;
    private final HttpClient http;
    private final boolean allowPrivateAddresses;
    private final long maxBytes;

    /** @param tlsConfiguration of the image API's client: whom that trusts is trusted here as well */
    PictureDownload(Vertx vertx, ImageApiConfig config, TlsConfigurationRegistry tls,
            @ConfigProperty(name = TLS_CONFIGURATION) Optional<String> tlsConfiguration) {
        this.vertx = vertx;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setMaxPoolSize(256);
        tlsConfiguration.map(name -> find(name, tls)).ifPresent(trust -> TlsConfigUtils.configure(options, trust));
        this.http = vertx.createHttpClient(options);
        this.allowPrivateAddresses = config.allowPrivateAddresses();
        this.maxBytes = config.maxPictureSize().asLongValue();
    }

    private static TlsConfiguration find(String name, TlsConfigurationRegistry tls) {
        return tls.get(name).orElseThrow(() -> new ConfigurationException(TLS_CONFIGURATION + ": nothing is set below "
                + "quarkus.tls." + name + (name.contains("-") ? ", which environment variables cannot name" : "")));
    }

    /** Fails with {@link ImageFailure}. Comes in at this place, and keeps it. */
    Uni<byte[]> fetch(URI url, AnswerGate.Place place) {
        return place.turn()
                .chain(() -> fetch(url, MAX_REDIRECTS).ifNoItem().after(TIME_LIMIT).fail())
                .onFailure(failure -> !(failure instanceof ImageFailure)).retry().atMost(RETRIES)
                .onFailure(failure -> !(failure instanceof ImageFailure))
                .transform(failure -> new ImageFailure(ImageFailure.Reason.ERROR, ImageFailure.Trace.POSSIBLE,
                        "the picture was made but could not be fetched (" + failure.getClass().getSimpleName() + ")"));
    }

    private Uni<byte[]> fetch(URI url, int redirectsLeft) {
        if (url.getHost() == null || !isHttp(url)) {
            return refused("the picture's address is not an http address");
        }
        return addressOf(url.getHost())
                .chain(address -> http.request(request(url, address)))
                .chain(request -> request.send())
                .chain(response -> isRedirect(response)
                        ? follow(url, response, redirectsLeft)
                        : body(response));
    }

    private Uni<byte[]> follow(URI from, HttpClientResponse response, int redirectsLeft) {
        String location = response.getHeader("Location");
        response.request().reset();
        try {
            return redirectsLeft == 0 || location == null
                    ? refused("the picture's address leads nowhere")
                    : fetch(from.resolve(location), redirectsLeft - 1);
        } catch (IllegalArgumentException e) {
            return refused("the picture's address leads to what is no address");
        }
    }

    private Uni<byte[]> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            response.request().reset();
            return Uni.createFrom().failure(new IllegalStateException("status " + response.statusCode()));
        }
        return response.toMulti()
                .collect().in(io.vertx.core.buffer.Buffer::buffer, (all, piece) -> {
                    if (all.length() + piece.length() > maxBytes) {
                        throw ImageApiFailures.invalid("the picture is larger than " + maxBytes + " bytes");
                    }
                    all.appendBuffer(piece.getDelegate());
                })
                .onFailure().invoke(() -> response.request().reset())
                .onCancellation().invoke(() -> response.request().reset())
                .map(io.vertx.core.buffer.Buffer::getBytes);
    }

    /** Looked up here and connected to as such, so that a second look-up cannot lead elsewhere. */
    private Uni<InetAddress> addressOf(String host) {
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .map(addresses -> {
                    if (!allowPrivateAddresses && addresses.stream().anyMatch(PrivateAddresses::contain)) {
                        throw ImageApiFailures.invalid("the picture's address is in a private network");
                    }
                    return addresses.get(0);
                });
    }

    private static RequestOptions request(URI url, InetAddress address) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(tls)
                .setHost(url.getHost())
                .setPort(port)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    private static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isRedirect(HttpClientResponse response) {
        return List.of(301, 302, 303, 307, 308).contains(response.statusCode());
    }

    private static <T> Uni<T> refused(String why) {
        return Uni.createFrom().failure(ImageApiFailures.invalid(why));
    }
}
