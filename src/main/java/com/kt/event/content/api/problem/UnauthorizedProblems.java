package com.kt.event.content.api.problem;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Native builds only: resteasy-problem 3.21.0, the last of its line, reads a field of {@code ChallengeData} that
 * Quarkus 3.34 no longer has, and native-image refuses to link that. This stands in for the method that does. To be
 * removed with the extension's successor, quarkus-http-problem; nothing here asks for a login, so nothing calls it.
 */
@TargetClass(className = "io.quarkiverse.resteasy.problem.security.HttpUnauthorizedUtils")
final class UnauthorizedProblems {
    private UnauthorizedProblems() {
    }

    @Substitute
    static Uni<HttpProblem> toProblem(RoutingContext routingContext, Exception exception) {
        return Uni.createFrom().item(HttpProblem.builder().withStatus(401).withTitle("Unauthorized").build());
    }
}
