package com.kt.event.content.provider;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLHandshakeException;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.kt.event.content.provider.ImageFailure.Billing;
import com.kt.event.content.provider.ImageFailure.Reason;

/** Says of everything that can go wrong with a call what it means: what to tell the owner, and may we ask again. */
final class ImageApiFailures {
    private ImageApiFailures() {
    }

    /**
     * The meaning of an answer other than 200.
     *
     * @param header gives the value of the header of that name, in any case; null where there is none
     * @param body as far as it was read; may be empty
     */
    static ImageFailure of(int status, Function<String, String> header, String body) {
        return meaning("the image API answered " + status, status, header, ProviderError.of(body));
    }

    /**
     * The meaning of an answer that has an error in it although its status is a good one.
     *
     * @param error what stands in its place; everything beside it counts no more
     */
    static ImageFailure ofErrorInside(JsonNode error, int status, Function<String, String> header) {
        return meaning("the image API answered " + status + " with an error in it", status, header,
                ProviderError.of(error));
    }

    /**
     * The meaning of an answer that has no image although its status is a good one.
     *
     * @param fields all that it has instead; some gateways write an error there without calling it one
     */
    static ImageFailure ofNoImage(Map<String, JsonNode> fields, int status, Function<String, String> header) {
        ProviderError error = ProviderError.of(new ObjectNode(JsonNodeFactory.instance, fields));
        return error.isNamed()
                ? meaning("the image API answered " + status + " with an error instead of an image", status, header,
                        error)
                : invalid("the image API's answer holds no image");
    }

    private static ImageFailure meaning(String message, int status, Function<String, String> header,
            ProviderError error) {
        Outcome outcome = error.outcome(status);
        Duration retryAfter = RetryDelay.ofHeaders(header, outcome == Outcome.BUSY, Clock.systemUTC().instant())
                .or(() -> outcome == Outcome.BUSY || outcome.fault() != null ? error.retryAfter() : Optional.empty())
                .orElse(null);
        return switch (outcome) {
            case REFUSED -> rejected("the image API's moderation refused the prompt");
            case BAD_REQUEST -> new ImageFailure.Permanent(Reason.ERROR, message);
            case BUSY -> new ImageFailure(Reason.ERROR, Billing.NONE, message, retryAfter);
            case KEY, MONEY, ACCOUNT, MODEL, ADDRESS ->
                new ImageFailure.Operator(outcome.fault(), message, retryAfter);
            case BROKE_DOWN ->
                new ImageFailure(Reason.ERROR, forbidsRetry(header) ? Billing.POSSIBLE : Billing.UNLIKELY,
                        message, retryAfter);
            case TIMED_OUT -> new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, message, retryAfter);
            case UNKNOWN -> new ImageFailure(Reason.ERROR, Billing.POSSIBLE, message, retryAfter);
        };
    }

    /** OpenAI's word on whether to ask again. That it does not mind says nothing of who pays, so only its no counts. */
    private static boolean forbidsRetry(Function<String, String> header) {
        return "false".equalsIgnoreCase(header.apply("x-should-retry"));
    }

    /** The meaning of a failure without a response, be it of the connection or of the guards. */
    static ImageFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImageFailure known) {
                return known;
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new ImageFailure(Reason.ERROR, Billing.NONE, "the image API cannot be reached");
            }
            if (cause instanceof SSLHandshakeException) {
                return new ImageFailure(Reason.ERROR, Billing.NONE,
                        "no TLS connection to the image API (" + rootOf(cause).getMessage() + ")");
            }
            if (cause instanceof CircuitBreakerOpenException) {
                return new ImageFailure.NotSent();
            }
            if (cause instanceof TimeoutException
                    || cause instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException) {
                return timeout();
            }
        }
        return new ImageFailure(Reason.ERROR, Billing.POSSIBLE,
                "the call of the image API broke off (" + rootOf(failure).getClass().getSimpleName() + ")");
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    static ImageFailure timeout() {
        return new ImageFailure(Reason.TIMEOUT, Billing.POSSIBLE, "the image API did not answer in time");
    }

    static ImageFailure abandoned() {
        return new ImageFailure.Permanent(Reason.ERROR, "nobody waits for the image any more");
    }

    static ImageFailure invalid(String what) {
        return new ImageFailure(Reason.INVALID, Billing.POSSIBLE, what);
    }

    /** Moderation will say the same of the same prompt again. */
    static ImageFailure rejected(String what) {
        return new ImageFailure.Permanent(Reason.REJECTED, what);
    }
}
