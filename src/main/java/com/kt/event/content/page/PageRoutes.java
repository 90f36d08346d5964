package com.kt.event.content.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.annotations.RegisterResources;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Serves the page at {@code /} and its files below {@code /page/}. Quarkus would serve static resources in every build, and
 * needs a directory for copies of them. The page uses nothing but the public API and, in dev mode, the stand-ins' routes.
 */
@Singleton
@IfBuildProperty(name = "content.page", stringValue = "true")
@RegisterResources(globs = "page/*")
class PageRoutes {
    private static final String INDEX = "index.html";
    private static final Map<String, String> MEDIA_TYPES = Map.of("html", "text/html; charset=utf-8", "css",
            "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    /** No inline script or style, nothing from another origin but images, no frame around the page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'%s; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String contentSecurityPolicy;

    PageRoutes(@ConfigProperty(name = "content.store.s3.public-url") Optional<URI> bucket) {
        this.contentSecurityPolicy = contentSecurityPolicy(bucket);
    }

    /** @param bucket where browsers load images, if that is not this service */
    static String contentSecurityPolicy(Optional<URI> bucket) {
        return CONTENT_SECURITY_POLICY
                .formatted(bucket.map(link -> " " + link.getScheme() + "://" + link.getRawAuthority()).orElse(""));
    }

    void install(@Observes Router router) {
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD)
                .blockingHandler(event -> send(INDEX, event), false);
        router.route("/page/:file").method(HttpMethod.GET).method(HttpMethod.HEAD)
                .blockingHandler(event -> send(event.pathParam("file"), event), false);
    }

    private void send(String file, RoutingContext event) {
        String mediaType = MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        byte[] bytes = mediaType == null || file.contains("/") ? null : read(file);
        if (bytes == null) {
            event.next();
            return;
        }
        event.response()
                .putHeader(HttpHeaderNames.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, contentSecurityPolicy)
                .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .end(Buffer.buffer(file.equals(INDEX) ? withMode(bytes) : bytes));
    }

    /** Tells the page whether there are stand-ins: a request for what is not there would be an error in its console. */
    private static byte[] withMode(byte[] index) {
        return new String(index, StandardCharsets.UTF_8)
                .replace("data-stand-ins=\"false\"", "data-stand-ins=\"" + ConfigUtils.isProfileActive("dev") + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads it each time, so that a change shows at once in dev mode. Null if there is no such file. */
    private static byte[] read(String file) {
        ClassLoader loader = Objects.requireNonNull(Thread.currentThread().getContextClassLoader());
        try (InputStream resource = loader.getResourceAsStream("page/" + file)) {
            return resource == null ? null : resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
