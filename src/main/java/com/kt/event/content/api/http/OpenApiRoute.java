package com.kt.event.content.api.http;

import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Serves the stored OpenAPI document. Quarkus's endpoint, which dev mode keeps, parses, filters and writes the document at
 * every start: 50 ms of the native executable's (3.34.1, OpenApiDocumentService.prepareDocument).
 */
@ApplicationScoped
@UnlessBuildProfile("dev")
class OpenApiRoute {
    private static final String PATH = "/q/openapi";

    void install(@Observes Router router) {
        Stream.of("", ".json", ".yaml", ".yml")
                .forEach(extension -> router.route(PATH + extension).order(-1).handler(OpenApiRoute::respond));
    }

    private static void respond(RoutingContext event) {
        HttpServerResponse response = event.response();
        if (event.request().method() == HttpMethod.OPTIONS) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
            event.next();
            return;
        }
        OpenApiDocument document = OpenApiDocument.requested(event.normalizedPath(),
                event.queryParams().get("format"), event.request().getHeader(HttpHeaders.ACCEPT));
        response.putHeader(HttpHeaders.ETAG, document.entityTag());
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (document.isKnown(event.request().headers().getAll(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, document.contentType())
                    .end(Buffer.buffer(document.bytes()));
        }
    }
}
