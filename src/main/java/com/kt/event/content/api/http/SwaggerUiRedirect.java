package com.kt.event.content.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.vertx.ext.web.Router;

/**
 * Redirects /q/swagger-ui by a relative path. Quarkus redirects to the absolute path /q/swagger-ui/, which is wrong behind
 * a gateway's prefix (https://github.com/quarkusio/quarkus/issues/56939). The production build has no Swagger UI.
 */
@ApplicationScoped
@UnlessBuildProfile("prod")
class SwaggerUiRedirect {
    void install(@Observes Router router) {
        // A plain path would also match the one with a slash.
        router.getWithRegex("/q/swagger-ui").order(-1).handler(event -> event.redirect("swagger-ui/"));
    }
}
