package com.kt.event.content.api.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.logging.Logger;

import com.kt.event.content.log.LogThrottle;
import com.kt.event.content.redis.UnreadableValueException;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.InstanceUtils;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkiverse.resteasy.problem.validation.Violation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * The last to touch any problem, our own or the framework's: sees to it that it carries the platform's code and message
 * and says nothing internal, and logs it. In the place of the extension's logger, which adds a stack trace to every
 * 5xx, an expected one included.
 */
@ApplicationScoped
public class ProblemSigner implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemSigner.class);

    /** An outage fails every call: one line now and then tells of it as well as thousands. */
    private static final Duration NEXT_OUTAGE = Duration.ofSeconds(10);

    /** So does a fault of ours, each time with a stack trace, for a client that asks again and again. */
    private static final Duration NEXT_FAULT = Duration.ofMinutes(1);

    private final CurrentVertxRequest request;
    private final LogThrottle outages = new LogThrottle(NEXT_OUTAGE);
    private final LogThrottle faults = new LogThrottle(NEXT_FAULT);

    ProblemSigner(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return sign(problem, context.cause, request.getCurrent());
    }

    HttpProblem sign(HttpProblem problem, Throwable cause, RoutingContext request) {
        HttpProblem.Builder builder = HttpProblem.builder(problem).withInstance(instance(request))
                // Also at addresses that are none of ours: caches may keep a 404 that says nothing of it.
                .withHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .with(RequestId.NAME, RequestId.of(request));
        HttpProblem signed = problem.getParameters().containsKey("code")
                ? builder.build()
                : explained(builder, problem, request);
        log(signed, cause, request);
        return signed;
    }

    /** The path as the caller wrote it, a gateway's prefix included; the extension gives it decoded, so no URI. */
    private static URI instance(RoutingContext request) {
        String path = request.request().uri().split("\\?", 2)[0].replaceFirst("^/+", "/");
        return RequestUri.isValid(path) ? InstanceUtils.pathToInstance(path) : null;
    }

    /** The framework's problems speak of its insides, so in other words: what its status means here. */
    private static HttpProblem explained(HttpProblem.Builder builder, HttpProblem problem, RoutingContext request) {
        builder.withDetail(problem.getParameters().get("violations") instanceof List<?> violations
                ? messages(violations)
                : detail(problem.getStatusCode()));
        if (problem.getStatusCode() == 405) {
            builder.withHeader(HttpHeaders.ALLOW, AllowedMethods.of(request.normalizedPath()));
        }
        return Problem.ofStatus(problem.getStatusCode()).signed(builder);
    }

    private static String messages(List<?> violations) {
        return violations.stream().map(Violation.class::cast).map(violation -> violation.message)
                .collect(Collectors.joining("; "));
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "the request is malformed";
            case 404 -> "there is nothing at this path";
            case 405 -> "this path has other methods; Allow names them";
            case 406 -> "this path has nothing of the media types in Accept";
            case 413 -> "the body is too large";
            case 415 -> "the body must be application/json";
            case 417 -> "100-continue is the only expectation that is met here";
            default -> null;
        };
    }

    private void log(HttpProblem problem, Throwable cause, RoutingContext request) {
        String path = request.request().path();
        if (problem.getStatusCode() < 500) {
            LOG.debugf("%s answered %d: %s", path, problem.getStatusCode(), problem.getDetail());
        } else if (problem.getStatusCode() == 500) {
            logFault(problem, cause, path);
        } else if (outages.permits(String.valueOf(problem.getParameters().get("code")))) {
            warn(problem, cause, path, NEXT_OUTAGE);
        }
    }

    private void logFault(HttpProblem problem, Throwable cause, String path) {
        if (!faults.permits(kind(cause))) {
            LOG.debugf(cause, "%s answered 500", path);
        } else if (cause instanceof UnreadableValueException) {
            warn(problem, cause, path, NEXT_FAULT);
        } else {
            LOG.errorf(cause, "%s answered 500 (this fault is not logged again within %d s)", path,
                    NEXT_FAULT.toSeconds());
        }
    }

    private static void warn(HttpProblem problem, Throwable cause, String path, Duration silence) {
        LOG.warnf("%s answered %d %s: %s (callers of the next %d s are answered alike without a word here)", path,
                problem.getStatusCode(), problem.getParameters().get("code"), cause.getMessage(), silence.toSeconds());
    }

    /** Where it was thrown, for the message may be another each time. */
    private static String kind(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    }
}
