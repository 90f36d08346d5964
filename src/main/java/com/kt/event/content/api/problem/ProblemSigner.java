package com.kt.event.content.api.problem;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
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
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;

/**
 * Completes every problem, our own or the framework's, with the platform's code and message, removes internal details, and
 * logs it. Replaces the extension's logger, which logs a stack trace for every 5xx, even an expected one.
 */
@ApplicationScoped
public class ProblemSigner implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemSigner.class);

    /** An outage fails every request, and a line per code and interval tells as much. */
    private static final Duration OUTAGE_LOG_INTERVAL = Duration.ofSeconds(10);

    /** A fault of ours can repeat as often, with a stack trace each time. */
    private static final Duration FAULT_LOG_INTERVAL = Duration.ofMinutes(1);

    private final CurrentVertxRequest request;
    private final LogThrottle outages = new LogThrottle(OUTAGE_LOG_INTERVAL);
    private final LogThrottle faults = new LogThrottle(FAULT_LOG_INTERVAL);

    ProblemSigner(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return sign(problem, context.cause, request.getCurrent());
    }

    HttpProblem sign(HttpProblem problem, Throwable cause, RoutingContext request) {
        HttpProblem.Builder builder = HttpProblem.builder(problem).withInstance(instance(request))
                // Also outside /api/content, because caches may store a 404 without Cache-Control.
                .withHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .with(RequestId.NAME, RequestId.of(request));
        HttpProblem signed = problem.getParameters().containsKey("code")
                ? builder.build()
                : translated(builder, problem, request);
        log(signed, cause, request);
        return signed;
    }

    /** The path as the client sent it, with a gateway's prefix. The extension decodes it, which may yield no valid URI. */
    private static URI instance(RoutingContext request) {
        String path = request.request().uri().split("\\?", 2)[0].replaceFirst("^/+", "/");
        return RequestUri.isValid(path) ? InstanceUtils.pathToInstance(path) : null;
    }

    /** The framework's details expose internals, so they are replaced by a text for the status. */
    private static HttpProblem translated(HttpProblem.Builder builder, HttpProblem problem, RoutingContext request) {
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
            case 404 -> "this path does not exist";
            case 405 -> "this path does not support the method; see the header Allow";
            case 406 -> "this path has none of the media types in Accept";
            case 413 -> "the body is too large";
            case 415 -> "the body must be application/json";
            case 417 -> "100-continue is the only supported expectation";
            default -> null;
        };
    }

    private void log(HttpProblem problem, Throwable cause, RoutingContext request) {
        String path = request.request().path();
        if (problem.getStatusCode() < 500 || isClientGone(cause)) {
            LOG.debugf("%s: responding %d: %s", path, problem.getStatusCode(), problem.getDetail());
        } else if (problem.getStatusCode() == 500) {
            logFault(problem, cause, path);
        } else if (outages.permits(String.valueOf(problem.getParameters().get("code")))) {
            warn(problem, cause, path, OUTAGE_LOG_INTERVAL);
        }
    }

    /** It closed the connection while the response was written, such as the first event of a stream: nobody gets a response. */
    static boolean isClientGone(Throwable cause) {
        return cause instanceof ClosedChannelException || cause instanceof HttpClosedException;
    }

    private void logFault(HttpProblem problem, Throwable cause, String path) {
        if (!faults.permits(kind(cause))) {
            LOG.debugf(cause, "%s: responding 500", path);
        } else if (cause instanceof UnreadableValueException) {
            warn(problem, cause, path, FAULT_LOG_INTERVAL);
        } else {
            LOG.errorf(cause, "%s: responding 500 (further occurrences suppressed for %d s)", path,
                    FAULT_LOG_INTERVAL.toSeconds());
        }
    }

    private static void warn(HttpProblem problem, Throwable cause, String path, Duration silence) {
        LOG.warnf("%s: responding %d %s: %s (further occurrences suppressed for %d s)", path,
                problem.getStatusCode(), problem.getParameters().get("code"), cause.getMessage(), silence.toSeconds());
    }

    /** Class and origin of the fault; its message may differ each time. */
    private static String kind(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    }
}
