package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.vertx.ext.web.Router;

/**
 * Quarkus sends /q/swagger-ui on to the absolute path /q/swagger-ui/, which leads out of a gateway's prefix
 * (https://github.com/quarkusio/quarkus/issues/56939); a relative one does not. Not in what ships, which has no Swagger
 * UI.
 */
@ApplicationScoped
@UnlessBuildProfile("prod")
class SwaggerUiRedirect {
    void install(@Observes Router router) {
        // A plain path would take the one with a slash as well.
        router.getWithRegex("/q/swagger-ui").order(-1).handler(event -> event.redirect("swagger-ui/"));
    }
}
