package com.kt.event.content.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkiverse.resteasy.problem.validation.Violation;

/**
 * The last to touch any problem, our own or the framework's: sees to it that it carries the platform's code and
 * message, and logs it. In the place of the extension's logger, which adds a stack trace to every 5xx, an expected one
 * included.
 */
@ApplicationScoped
class ProblemSigner implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemSigner.class);

    /** An outage fails every call: one line now and then tells of it as well as thousands. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Clock clock;
    private final AtomicLong silentUntil = new AtomicLong();

    ProblemSigner(Clock clock) {
        this.clock = clock;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        HttpProblem signed = problem.getParameters().containsKey("code") ? problem : sign(problem);
        log(signed, context);
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

    private void log(HttpProblem problem, ProblemContext context) {
        if (problem.getStatusCode() == 500) {
            LOG.errorf(context.cause, "%s answered 500", context.path);
        } else if (problem.getStatusCode() > 500 && mayWarn()) {
            LOG.warnf("%s answered %d %s: %s (callers of the next %d s are answered alike without a word here)",
                    context.path, problem.getStatusCode(), problem.getParameters().get("code"),
                    context.cause.getMessage(), SILENCE.toSeconds());
        } else {
            LOG.debugf("%s answered %d: %s", context.path, problem.getStatusCode(), problem.getDetail());
        }
    }

    private boolean mayWarn() {
        long now = clock.millis();
        long until = silentUntil.get();
        return now >= until && silentUntil.compareAndSet(until, now + SILENCE.toMillis());
    }
}
