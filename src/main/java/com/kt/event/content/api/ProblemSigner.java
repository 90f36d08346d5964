package com.kt.event.content.api;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkiverse.resteasy.problem.validation.Violation;

/**
 * The last to touch any problem, our own or the framework's: sees to it that it carries the platform's code and message,
 * and logs it. In the place of the extension's logger, which adds a stack trace to every 5xx, an expected one included.
 */
@ApplicationScoped
class ProblemSigner implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemSigner.class);

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        HttpProblem signed = problem.getParameters().containsKey("code") ? problem : sign(problem);
        log(signed, context.cause);
        return signed;
    }

    private static HttpProblem sign(HttpProblem problem) {
        HttpProblem.Builder builder = HttpProblem.builder(problem);
        if (problem.getDetail() == null && problem.getParameters().get("violations") instanceof List<?> violations) {
            builder.withDetail(messages(violations));
        }
        return Problem.ofStatus(problem.getStatusCode()).signed(builder);
    }

    private static String messages(List<?> violations) {
        return violations.stream().map(Violation.class::cast).map(violation -> violation.message)
                .collect(Collectors.joining("; "));
    }

    private static void log(HttpProblem problem, Throwable cause) {
        if (problem.getStatusCode() == 500) {
            LOG.errorf(cause, "%s answered 500", problem.getInstance());
        } else if (problem.getStatusCode() > 500) {
            LOG.warnf("%s answered %d %s: %s", problem.getInstance(), problem.getStatusCode(),
                    problem.getParameters().get("code"), cause.getMessage());
        } else {
            LOG.debugf("%s answered %d: %s", problem.getInstance(), problem.getStatusCode(), problem.getDetail());
        }
    }
}
